import { type FoundList, isSuppressed } from './list-source.ts';
import { csvLine } from './spreadsheet.ts';

/**
 * A stored list as the lines of a CSV file, safe to open in a spreadsheet and ready to be imported again. Who is
 * suppressed is left out: an exported file soon lives a life of its own.
 */
export function* exportLines(found: FoundList): Generator<string> {
  const { store, list } = found;
  const delimiter = list.imports.at(-1)?.delimiter ?? ',';
  yield csvLine(['email', ...list.columns], delimiter);
  for (const member of store.members(list.name)) {
    if (isSuppressed(found, member)) continue;
    yield csvLine([member.address, ...list.columns.map((name) => member.fields[name] ?? '')], delimiter);
  }
}
