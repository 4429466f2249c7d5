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
          for (const row of batch) {
            const judged = judge(row);
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

/** Judges the rows of one pass over the file: who stands in it twice is taken once. */
function judgeOf(names: readonly string[], { clientKey, suppression }: CsvSourceOptions, seen: IdIndex) {
  const idOf = idMaker(clientKey);
  return (row: ReadRow): Judged => {
    if (row.kind === 'rejected') return { kind: 'excluded', reason: 'invalid', line: row.reject.line };
    const { line, address } = row.person;
    const id = idOf(address.key);
    if (suppression.isSuppressed(address.key, id)) return { kind: 'excluded', reason: 'suppressed', line };
    const before = seen.size;
    if (seen.place(id) < before) return { kind: 'excluded', reason: 'duplicate', line };
    return { kind: 'recipient', recipient: toRecipient(id, row.person, names), line };
  };
}

function toRecipient(id: string, { address, cells, language }: Person, names: readonly string[]): Recipient {
  const fields = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  const recipient = { id, address: address.mailbox, key: address.key, fields };
  return language === undefined ? recipient : { ...recipient, language };
}
