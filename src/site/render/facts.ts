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

/** A fact as pages of a build saw it. */
export interface KeptFact {
  /** `null` for what did not exist. */
  readonly digest: Digest | null;
  /** The value as JSON; absent where that would not say all of it. */
  readonly json?: string;
}

/** Facts of which a build can say how the next one will find them. */
export interface WholeFacts extends Facts {
  kept(name: FactName): KeptFact;
}

export interface DefinedFacts extends WholeFacts {
  /** @param make gives the value of a key; undefined where there is none */
  define(family: string, make: (key: string) => unknown): void;
}

export function createFacts(): DefinedFacts {
  const families = new Map<string, (key: string) => unknown>();
  const values = new Map<string, unknown>();
  const said = new Map<string, KeptFact>();
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
    digest: (name) => facts.kept(name).digest,
    kept(name) {
      let fact = said.get(name);
      if (!fact) {
        fact = keptFact(facts.value(name));
        said.set(name, fact);
      }
      return fact;
    },
  };
  return facts;
}

function keptFact(value: unknown): KeptFact {
  if (value === undefined) return { digest: null };
  const json = JSON.stringify(value);
  const digest = sha256(json);
  return isSaidByJson(value) ? { digest, json } : { digest };
}

/** Whether a value comes back from JSON as it was. */
function isSaidByJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isSaidByJson);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
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
