import { type Digest, sha256 } from '../../core/digest.ts';

/** `family:key`; the key may be empty. */
export type FactName = `${string}:${string}`;

/**
 * What pages may see of the rest of the site, by name: `pages:en`, `data:lv/prices`, `template:partials/head`.
 * The part before the colon is a family, the rest its key. Values are made when somebody first asks, and have a
 * digest, so that a later build can tell whether what a page saw is still the same.
 */
export interface Facts {
  value(name: FactName): unknown;
  /** `null` for what does not exist (any more). */
  digest(name: FactName): Digest | null;
}

export interface DefinedFacts extends Facts {
  /** @param make gives the value of a key; undefined where there is none */
  define(family: string, make: (key: string) => unknown): void;
}

export function createFacts(): DefinedFacts {
  const families = new Map<string, (key: string) => unknown>();
  const values = new Map<string, unknown>();
  const digests = new Map<string, Digest | null>();
  const make = (name: FactName): unknown => {
    const colon = name.indexOf(':');
    return families.get(name.slice(0, colon))?.(name.slice(colon + 1));
  };
  const facts: DefinedFacts = {
    define: (family, makeValue) => void families.set(family, makeValue),
    value(name) {
      if (!values.has(name)) values.set(name, make(name));
      return values.get(name);
    },
    digest(name) {
      let digest = digests.get(name);
      if (digest === undefined) {
        const value = facts.value(name);
        digest = value === undefined ? null : sha256(JSON.stringify(value));
        digests.set(name, digest);
      }
      return digest;
    },
  };
  return facts;
}

/** What one page was made from: every fact that was read, with its digest then. */
export type Reads = ReadonlyMap<FactName, Digest | null>;

/** Hands out facts and remembers which. */
export interface Recorder {
  read(name: FactName): unknown;
  reads(): Reads;
}

export function recordReads(facts: Facts): Recorder {
  const seen = new Set<FactName>();
  return {
    read(name) {
      seen.add(name);
      return facts.value(name);
    },
    reads: () => new Map(Array.from(seen, (name) => [name, facts.digest(name)])),
  };
}

/** Whether all that was read then is the same now. */
export function isUnchanged(reads: Reads, facts: Facts): boolean {
  for (const [name, digest] of reads) if (facts.digest(name) !== digest) return false;
  return true;
}
