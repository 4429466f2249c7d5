import { describe, it } from 'vitest';
import { twoClients } from '../support/two-clients.ts';
import { lines } from '../support/two-clients-lines.ts';
import { points, seed, seeded } from './seeded.ts';

/** 10,000 commands at the full width of a hundred points; a sample otherwise. */
const commands = Math.round(points(0.25) * 100);
/** After so many a new office begins, so that most commands meet something to work on. */
const IN_ONE_OFFICE = 50;
/** One in so many runs in a process of its own, as a person's would; the others in this one. */
const APART = 50;
const SLOWEST_MS = 3000;

describe('two clients of one office', () => {
  it(
    `never meet in ${commands} random commands: 0 canaries cross (seed ${seed})`,
    async () => {
      const chance = seeded(seed);
      const pick = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)] as T;
      for (let done = 0; done < commands; ) {
        const office = await twoClients();
        for (const end = Math.min(done + IN_ONE_OFFICE, commands); done < end; done++)
          await office.run(
            pick(['north', 'south'] as const),
            pick(lines),
            chance() < 0.5,
            done % APART === APART - 1,
          );
        office.check();
      }
    },
    60_000 + commands * SLOWEST_MS,
  );
});
