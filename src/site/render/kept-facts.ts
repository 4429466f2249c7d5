import type { KeptFact } from '../build-store.ts';
import { toPlain } from '../source/plain.ts';
import type { FactName, Facts, Reads } from './facts.ts';

/**
 * The facts of a site that is what it was in the last build, as they were kept then.
 *
 * @param now the same facts worked out anew, for what was not kept
 */
export function keptFacts(kept: (name: FactName) => KeptFact | undefined, now: () => Facts): Facts {
  const values = new Map<FactName, unknown>();
  const value = (name: FactName): unknown => {
    const fact = kept(name);
    if (fact?.digest === null) return undefined;
    if (fact?.json === undefined) return now().value(name);
    return toPlain(JSON.parse(fact.json), () => {
      throw new TypeError('A forbidden name was kept.');
    });
  };
  return {
    value(name) {
      if (!values.has(name)) values.set(name, value(name));
      return values.get(name);
    },
    digest: (name) => {
      const fact = kept(name);
      return fact ? fact.digest : now().digest(name);
    },
  };
}

/** All that pages read, as it is to be kept. */
export function* factsToKeep(
  all: Iterable<{ readonly reads: Reads }>,
  facts: Facts,
): Generator<readonly [FactName, KeptFact]> {
  const seen = new Set<string>();
  for (const { reads } of all)
    for (const [name, digest] of reads) {
      if (seen.has(name)) continue;
      seen.add(name);
      const value = digest === null ? undefined : facts.value(name);
      yield [name, isSaidByJson(value) ? { digest, json: JSON.stringify(value) } : { digest }];
    }
}

/** Whether a value comes back from JSON as it was. */
function isSaidByJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isSaidByJson);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
