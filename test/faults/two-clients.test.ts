import { describe, it } from 'vitest';
import { twoClients } from '../support/two-clients.ts';
import { type Client, type Line, lines } from '../support/two-clients-lines.ts';
import { points, seed, seeded } from './seeded.ts';

/** 10,000 sequences of commands at the full width of a hundred points; a sample otherwise. */
const sequences = Math.round(points(0.25) * 100);
const LONGEST = 5;
/** After so many the office is made again what it was, so that most commands meet something to work on. */
const IN_ONE_OFFICE = 10;
/** So many of all commands run in a process of their own, as a person's would; the others in this one. */
const APART = 1 / 150;
/** So many are told of together. */
const PART = 500;
const SLOWEST_MS = 3000;

interface Step {
  readonly client: Client;
  readonly line: Line;
  readonly json: boolean;
  readonly isApart: boolean;
}

const plan = drawn();
const parts = Array.from({ length: Math.ceil(sequences / PART) }, (_, n) =>
  plan.slice(n * PART, (n + 1) * PART),
);

/** All sequences of the run, as the seed gives them. */
function drawn(): Step[][] {
  const chance = seeded(seed);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)] as T;
  return Array.from({ length: sequences }, () =>
    Array.from({ length: 1 + Math.floor(chance() * LONGEST) }, () => ({
      client: pick(['north', 'south'] as const),
      line: pick(lines),
      json: chance() < 0.5,
      isApart: chance() < APART,
    })),
  );
}

describe(`two clients of one office, in ${sequences} random sequences of ${plan.flat().length} commands (seed ${seed})`, () => {
  it.each(parts.map((part, n) => ({ part, from: n * PART + 1, to: n * PART + part.length })))(
    'never meet in sequences $from to $to: 0 canaries cross',
    async ({ part }) => {
      const office = await twoClients();
      for (const [done, steps] of part.entries()) {
        if (done > 0 && done % IN_ONE_OFFICE === 0) office.putBack();
        for (const { client, line, json, isApart } of steps) await office.run(client, line, json, isApart);
        office.check();
      }
    },
    60_000 + PART * LONGEST * SLOWEST_MS,
  );
});
