import type { Digest } from '../../core/digest.ts';
import type { FinishedBuild, LastBuild, PageTrace, Traces } from '../../site/build-store.ts';
import type { BuiltPage } from '../../site/built-page.ts';
import type { FactName } from '../../site/render/facts.ts';
import { openTable, type TextTable, writeTable } from './text-table.ts';

/** What is kept of a site in a table of texts: what its pages saw, how each came to be, and their list. */
type KeptSite = Pick<LastBuild, 'pages' | 'traces' | 'reads' | 'fact'>;

const FACT = 'fact ';
const TRACE = 'trace ';
const PAGES = 'pages';
/** Stands for the digest of what did not exist. */
const NONE = '-'.padEnd(64, ' ');

/** A page's trace: what it read by the places of those facts in the table. */
type TraceRow = readonly [own: Digest, sha256: Digest, size: number, reads: readonly number[]];

/** @returns the id of what was written */
export function writeKeptSite(
  file: string,
  traces: Traces,
  { pages, facts }: NonNullable<FinishedBuild['whole']>,
): Digest {
  const said = [...facts()].sort(([a], [b]) => (a < b ? -1 : 1));
  const places = new Map(said.map(([name], place) => [name, place]));
  // In the order of the table: "fact", "pages", "trace".
  const texts = said.map(([name, { digest, json = '' }]) => [FACT + name, (digest ?? NONE) + json] as const);
  texts.push([PAGES, JSON.stringify(pages)]);
  for (const [id, { own, sha256, size, reads }] of Object.entries(traces)) {
    const read = Array.from(reads.keys(), (name) => places.get(name) ?? -1);
    texts.push([TRACE + id, JSON.stringify([own, sha256, size, read] satisfies TraceRow)]);
  }
  return writeTable(file, texts);
}

/** @returns undefined where the file is not there, broken, or of another build than the one named by `id` */
export function openKeptSite(file: string, id: Digest): KeptSite | undefined {
  const table = openTable(file);
  if (table?.id !== id) return undefined;
  return {
    pages: () => JSON.parse(table.textAt(table.find(PAGES)) ?? '[]') as BuiltPage[],
    fact(name) {
      const text = table.textAt(table.find(FACT + name));
      if (text === undefined) return undefined;
      const json = text.slice(NONE.length);
      return json === '' ? { digest: digestIn(text) } : { digest: digestIn(text), json };
    },
    traces: () => readTraces(table),
    reads(id) {
      const text = table.textAt(table.find(TRACE + id));
      if (text === undefined) return undefined;
      const [, , , places] = JSON.parse(text) as TraceRow;
      return places.map((place) => table.nameAt(place).slice(FACT.length));
    },
  };
}

const digestIn = (text: string): Digest | null => (text.startsWith(NONE) ? null : text.slice(0, NONE.length));

/** All traces that are whole. */
function readTraces(table: TextTable): Traces {
  const facts: { name: FactName; digest: Digest | null }[] = [];
  const traces: Record<string, PageTrace> = {};
  for (let place = 0; place < table.size; place++) {
    const name = table.nameAt(place);
    const text = table.textAt(place);
    if (text === undefined) continue;
    if (name.startsWith(FACT))
      facts[place] = { name: name.slice(FACT.length) as FactName, digest: digestIn(text) };
    if (!name.startsWith(TRACE)) continue;
    const [own, sha256, size, places] = JSON.parse(text) as TraceRow;
    const read = places.map((one) => facts[one]);
    if (read.includes(undefined)) continue;
    const reads = new Map(read.flatMap((fact) => (fact ? [[fact.name, fact.digest]] : [])));
    traces[name.slice(TRACE.length)] = { own, sha256, size, reads };
  }
  return traces;
}
