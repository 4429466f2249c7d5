import { fail } from '../../core/errors/index.ts';
import { composed } from '../../delivery/composed.ts';
import { asciiAddress } from '../../delivery/mime/mailbox.ts';
import type { Outcome } from '../../delivery/outcome.ts';
import type { Mail, SendReport, Transport } from '../../delivery/transport.ts';
import { isRefusal, plainProblem, type SmtpError } from './smtp/classify.ts';
import { type SmtpOptions, smtpOptions } from './smtp/options.ts';
import { openSession, type SmtpSession } from './smtp/session.ts';

/** Few, because after a crash all that was claimed is in doubt; enough to share one commit of the ledger. */
const BATCH = 4;

/**
 * Mail over SMTP (RFC 5321): one transaction and one recipient per message, over several connections that are
 * kept between batches.
 *
 * @throws TRANSPORT_INVALID
 */
export function smtpTransport(url: string, env: Readonly<NodeJS.ProcessEnv>): Transport {
  const options = smtpOptions(url, env);
  const idle: SmtpSession[] = [];

  return {
    name: options.name,
    batchSize: BATCH,
    concurrency: options.connections,
    async check() {
      try {
        idle.push(await openSession(options));
      } catch (error) {
        const problem = plainProblem(error as SmtpError);
        const code = isRefusal(error as SmtpError) ? 'TRANSPORT_REFUSED' : 'TRANSPORT_UNREACHABLE';
        throw fail(code, { transport: options.name, problem }, error);
      }
    },
    send: (batch) => new Run(options, idle).send(batch),
    async close() {
      for (const session of idle.splice(0)) session.close();
    },
  };
}

/** One batch over one connection at a time. */
class Run {
  readonly #options: SmtpOptions;
  readonly #idle: SmtpSession[];
  #session: SmtpSession | undefined;
  #isFresh = false;
  #requests = 0;

  constructor(options: SmtpOptions, idle: SmtpSession[]) {
    this.#options = options;
    this.#idle = idle;
  }

  async send(batch: readonly Mail[]): Promise<SendReport> {
    const outcomes: Outcome[] = [];
    let stop: Outcome | undefined;
    for (const mail of batch) {
      const outcome: Outcome = stop ?? (await this.#sendOne(mail));
      if (outcome.kind === 'notSent') stop = outcome;
      outcomes.push(outcome);
    }
    if (this.#session?.isOpen) this.#idle.push(this.#session);
    return { outcomes, requests: this.#requests };
  }

  async #sendOne(mail: Mail): Promise<Outcome> {
    const bytes = composed(mail);
    if (!(bytes instanceof Uint8Array)) return bytes;
    for (;;) {
      const session = await this.#connected();
      if ('kind' in session) return session;
      this.#requests++;
      const from = asciiAddress(mail.message.from.email);
      const outcome = await session.send(from, mail.recipient.address, bytes);
      // A kept connection may have been closed by the server meanwhile; nothing of the message went out.
      const isStale = outcome.kind === 'notSent' && !session.isOpen && !this.#isFresh;
      this.#isFresh = false;
      if (!isStale) return outcome;
    }
  }

  async #connected(): Promise<SmtpSession | Outcome> {
    if (this.#session?.isOpen) return this.#session;
    this.#session = this.#idle.pop();
    while (this.#session && !this.#session.isOpen) this.#session = this.#idle.pop();
    if (this.#session) return this.#session;
    try {
      this.#session = await openSession(this.#options);
      this.#isFresh = true;
      return this.#session;
    } catch (error) {
      return { kind: 'notSent', reason: plainProblem(error as SmtpError) };
    }
  }
}
