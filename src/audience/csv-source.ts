import { fail } from '../core/errors/index.ts';
import type { AudienceSource, Basis, Candidate, Recipient } from './audience.ts';
import type { ColumnMap, Columns } from './columns.ts';
import type { CsvFile } from './csv-file.ts';
import { type IdIndex, idIndex } from './id-index.ts';
import { openPeople } from './people.ts';
import type { Person, ReadRow } from './person.ts';
import { type ClientKey, idMaker } from './recipient-id.ts';
import { chooser } from './segment/chooser.ts';
import type { Segment } from './segment/segment.ts';
import type { Suppression } from './suppression.ts';

export interface CsvSourceOptions {
  readonly client: string;
  readonly basis: Basis;
  readonly map: ColumnMap;
  readonly clientKey: ClientKey;
  readonly suppression: Suppression;
  /** Makes the segment to choose by, once the columns are known. */
  readonly segment?: ((list: string, columns: readonly string[]) => Segment) | undefined;
}

/**
 * A CSV file as an audience for this once, with no import before it. The header is read now, the rows each time
 * that candidates are asked for: delivery freezes them at once, so a file that changes later changes nothing.
 *
 * @throws what `openPeople` and `segment` throw
 */
export async function csvSource(file: CsvFile, options: CsvSourceOptions): Promise<AudienceSource> {
  const { client, basis, map } = options;
  const { columns, close } = await openPeople(file, map);
  await close();
  const names = columns.fields.map(({ name }) => name);
  const chosen = chooser(options.segment?.(file.name, names));
  return {
    client,
    list: file.name,
    basis,
    columns: names,
    ...chosen.report,
    async *candidates() {
      const seen = idIndex();
      const judge = judgeOf(names, options, seen);
      const choose = chosen.begin();
      const { columns: now, rows } = await openPeople(file, map);
      if (!sameNames(now, names)) throw fail('CSV_CHANGED', { file: file.name });
      try {
        for await (const batch of rows)
          for (const judged of judge(batch)) {
            yield judged.kind === 'excluded'
              ? judged
              : choose(judged.recipient, () => ({ file: file.name, line: judged.line }));
          }
      } finally {
        seen.forget();
      }
    },
  };
}

const sameNames = ({ fields }: Columns, names: readonly string[]) =>
  fields.length === names.length && fields.every(({ name }, at) => name === names[at]);

type Judged =
  | Extract<Candidate, { kind: 'excluded' }>
  | { readonly kind: 'recipient'; readonly recipient: Recipient; readonly line: number };

/** Judges the rows of one pass over the file, many at a time: who stands in it twice is taken once. */
function judgeOf(names: readonly string[], { clientKey, suppression }: CsvSourceOptions, seen: IdIndex) {
  const idOf = idMaker(clientKey);
  return function* (rows: readonly ReadRow[]): Generator<Judged> {
    const keys = rows.flatMap((row) => (row.kind === 'person' ? [row.person.address.key] : []));
    const ids = keys.map(idOf);
    const suppressed = suppression.suppressedOf(keys, ids);
    let next = 0;
    for (const row of rows) {
      if (row.kind === 'rejected') {
        yield { kind: 'excluded', reason: 'invalid', line: row.reject.line };
        continue;
      }
      const { line, address } = row.person;
      const id = ids[next++] ?? '';
      const before = seen.size;
      if (suppressed.has(address.key)) yield { kind: 'excluded', reason: 'suppressed', line };
      else if (seen.place(id) < before) yield { kind: 'excluded', reason: 'duplicate', line };
      else yield { kind: 'recipient', recipient: toRecipient(id, row.person, names), line };
    }
  };
}

function toRecipient(id: string, { address, cells, language }: Person, names: readonly string[]): Recipient {
  const fields = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  const recipient = { id, address: address.mailbox, key: address.key, fields };
  return language === undefined ? recipient : { ...recipient, language };
}
