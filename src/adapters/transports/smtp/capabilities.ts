import { SmtpFailure } from './failure.ts';
import type { Wire } from './wire.ts';

/** What a server says that it can do (RFC 5321 §4.1.1.1). */
export interface Capabilities {
  readonly pipelining: boolean;
  readonly startTls: boolean;
  readonly utf8: boolean;
  readonly eightBit: boolean;
  /** Whether it wants to know a message's size beforehand; the largest it takes, where it says so (RFC 1870). */
  readonly size: boolean;
  readonly largest: number | undefined;
  readonly logins: ReadonlySet<string>;
}

/** Introduces itself, in the old way where the server does not know the new one. @throws SmtpFailure */
export async function sayHello(wire: Wire): Promise<Capabilities> {
  const reply = await wire.ask('connect', `EHLO ${wire.ownAddress}`);
  if (reply.code === 250) return capabilitiesOf(reply.lines.slice(1));
  if (reply.code < 500 || reply.code === 530) throw new SmtpFailure('connect', { reply });
  const old = await wire.ask('connect', `HELO ${wire.ownAddress}`);
  if (old.code !== 250) throw new SmtpFailure('connect', { reply: old });
  return capabilitiesOf([]);
}

export function capabilitiesOf(lines: readonly string[]): Capabilities {
  const words = new Map(
    lines.map((line) => {
      const [name = '', ...rest] = line.trim().toUpperCase().split(/[ =]+/);
      return [name, rest];
    }),
  );
  const largest = Number(words.get('SIZE')?.[0]);
  return {
    pipelining: words.has('PIPELINING'),
    startTls: words.has('STARTTLS'),
    utf8: words.has('SMTPUTF8'),
    eightBit: words.has('8BITMIME'),
    size: words.has('SIZE'),
    largest: largest > 0 ? largest : undefined,
    logins: new Set(words.get('AUTH')),
  };
}
