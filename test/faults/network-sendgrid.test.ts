import { expect, it } from 'vitest';
import { sendgridTransport } from '../../src/adapters/transports/sendgrid.ts';
import { startProxy } from '../support/proxy.ts';
import { type Behaviour, startEndpoint } from '../support/sendgrid-endpoint.ts';
import { faultReport, type Survived, survive } from './network.ts';
import { points, seed, seeded } from './seeded.ts';

const PEOPLE = 1200;
/** Bytes that the two requests for all of them take, about. */
const BYTES = 500_000;
const IN_FLIGHT = 1000;

const onTheWay = ['reset', 'truncate', 'blackhole', 'slow'] as const;
const kinds = [...onTheWay, 'refused', '5xx though taken', '5xx', '429', 'taken, no answer'] as const;
type Kind = (typeof kinds)[number];

/** What the API itself does with its n-th request. */
function behaviour(kind: Kind, n: number, at: number): Behaviour {
  if (n !== at) return 202;
  if (kind === '5xx though taken') return 'take-and-fail';
  if (kind === '5xx') return 503;
  if (kind === '429') return { status: 429, headers: { 'retry-after': '20' } };
  return kind === 'taken, no answer' ? 'take-and-reset' : 202;
}

async function surviveOne(kind: Kind, chance: () => number): Promise<Survived> {
  const nth = Math.floor(chance() * 2);
  const endpoint = await startEndpoint((n) => behaviour(kind, n, nth));
  const proxy = await startProxy({ to: { port: Number(new URL(endpoint.url).port) } });
  const at = Math.floor(chance() * BYTES);
  const env = { SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: `http://127.0.0.1:${proxy.port}/` };
  try {
    return await survive(PEOPLE, {
      taken: endpoint.taken,
      open: (clock) => sendgridTransport(env, clock, { address: 'sendgrid:?timeout=1' }),
      onRun(run) {
        const fault = onTheWay.find((name) => name === kind);
        if (run === 0 && fault) proxy.strike(fault, at);
        if (run === 0 && kind === 'refused') proxy.strike('reset', at, true);
        if (run === 1) proxy.lift();
      },
    });
  } finally {
    await proxy.stop();
    await endpoint.stop();
  }
}

it('through SendGrid, whatever the network and the API do: nobody twice, nobody lost, no false yes', {
  timeout: 3_600_000,
}, async () => {
  const chance = seeded(seed + 8);
  const results: Survived[] = [];
  for (let n = 0; n < points(kinds.length * 2, 2.16); n++) {
    const kind = kinds[n % kinds.length] ?? 'reset';
    const result = await surviveOne(kind, chance);
    results.push(result);
    const { inDoubt, ...rest } = result;
    expect(inDoubt, kind).toBeLessThanOrEqual(IN_FLIGHT);
    expect({ kind, ...rest }).toEqual({
      kind,
      doubled: 0,
      lost: 0,
      falselyAccepted: 0,
      unaccounted: 0,
      planned: 0,
      sending: 0,
      rejected: 0,
    });
  }
  console.log(faultReport('through SendGrid', kinds, results));
});
