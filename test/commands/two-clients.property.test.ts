import fc from 'fast-check';
import { describe, it } from 'vitest';
import { twoClients } from '../support/two-clients.ts';
import { type Client, lines } from '../support/two-clients-lines.ts';

describe('two clients of one office', () => {
  it('never meet: not in what is said, not in what is kept, not in what goes out', async () => {
    const step = fc.record({
      client: fc.constantFrom<Client>('north', 'south'),
      line: fc.constantFrom(...lines),
      json: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
        const office = await twoClients();
        for (const { client, line, json } of steps) await office.run(client, line, json);
        office.check();
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);
});
