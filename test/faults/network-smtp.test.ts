import { expect, it } from 'vitest';
import { smtpTransport } from '../../src/adapters/transports/smtp.ts';
import { type NetworkFault, startProxy } from '../support/proxy.ts';
import { type SinkOptions, startSink } from '../support/smtp-sink.ts';
import { faultReport, type Survived, survive } from './network.ts';
import { points, seed, seeded } from './seeded.ts';

const PEOPLE = 40;
/** As if it were so many that the sockets get a thread of their own. */
const MANY = 100_000;
/** Bytes that the messages of all of them and what is said around them take, about. */
const BYTES = 60_000;
const IN_FLIGHT = 96;

const onTheWay = ['reset', 'truncate', 'blackhole', 'slow'] as const;
const kinds = [
  ...onTheWay,
  'refused',
  '5xx though taken',
  'taken, no answer',
  'put off',
  'shut out',
] as const;
type Kind = (typeof kinds)[number];

/** What a server itself does at the n-th message. */
function trouble(kind: Kind, at: number): SinkOptions {
  if (kind === 'taken, no answer')
    return { onMessage: (_to, _bytes, n) => (n === at ? 'take-and-drop' : '250 Ok') };
  if (kind === '5xx though taken')
    return { onMessage: (_to, _bytes, n) => (n === at ? 'take-and-refuse' : '250 Ok') };
  if (kind === 'put off')
    return { onMessage: (_to, _bytes, n) => (n % 3 === at % 3 && n < 60 ? '451 4.7.1 later' : '250 Ok') };
  let begun = 0;
  if (kind === 'shut out') return { onMail: () => (++begun === at + 1 ? '421 4.7.0 too many' : '250 Ok') };
  return {};
}

const isOnTheWay = (kind: Kind): kind is (typeof onTheWay)[number] & NetworkFault =>
  onTheWay.some((name) => name === kind);

async function surviveOne(kind: Kind, chance: () => number, mails: number): Promise<Survived> {
  const sink = await startSink(trouble(kind, Math.floor(chance() * PEOPLE)));
  const proxy = await startProxy({ to: { port: sink.port } });
  const at = Math.floor(chance() * BYTES);
  try {
    return await survive(PEOPLE, {
      taken: sink.taken,
      open: () => smtpTransport(`smtp://127.0.0.1:${proxy.port}?timeout=1`, {}, { mails }),
      onRun(run) {
        if (run === 0 && isOnTheWay(kind)) proxy.strike(kind, at);
        if (run === 0 && kind === 'refused') proxy.strike('reset', at, true);
        if (run === 1) proxy.lift();
      },
    });
  } finally {
    await proxy.stop();
    await sink.stop();
  }
}

it('over SMTP, whatever the network and the server do: nobody twice, nobody lost, no false yes', {
  timeout: 3_600_000,
}, async () => {
  const chance = seeded(seed + 7);
  const results: Survived[] = [];
  for (let n = 0; n < points(kinds.length * 2, 2.16); n++) {
    const kind = kinds[n % kinds.length] ?? 'reset';
    const isInThread = Math.floor(n / kinds.length) % 2 === 1;
    const result = await surviveOne(kind, chance, isInThread ? MANY : PEOPLE);
    results.push(result);
    const { inDoubt, rejected, ...rest } = result;
    // A server that took a mail and says that it did not is believed: nobody is told that it arrived.
    const lied = kind === '5xx though taken' ? 1 : 0;
    expect(inDoubt, kind).toBeLessThanOrEqual(IN_FLIGHT);
    expect({ kind, rejected, ...rest }).toEqual({
      kind,
      rejected: lied,
      doubled: 0,
      lost: 0,
      falselyAccepted: 0,
      unaccounted: lied,
      planned: 0,
      sending: 0,
    });
  }
  console.log(faultReport('over SMTP', kinds, results));
});
