import { toPlain } from '../source/plain.ts';
import type { FactName, Facts, KeptFact, Reads } from './facts.ts';

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

/**
 * What pages read, as it is to be kept.
 *
 * @param seen names that are left out; those that come out here are added
 */
export function* factsToKeep(
  all: Iterable<{ readonly reads: Reads }>,
  kept: (name: FactName) => KeptFact,
  seen = new Set<FactName>(),
): Generator<readonly [FactName, KeptFact]> {
  for (const { reads } of all)
    for (const name of reads.keys()) {
      if (seen.has(name)) continue;
      seen.add(name);
      yield [name, kept(name)];
    }
}
