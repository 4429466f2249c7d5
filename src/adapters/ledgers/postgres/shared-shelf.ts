import { type Shelf, type ShelfKind, shelfKinds } from '../../../approval/shelf.ts';
import { connect } from './connect.ts';
import { lastingConnection } from './lasting.ts';
import { schemaOf } from './schema.ts';

/** A shelf that has a connection to let go of. */
export interface SharedShelf extends Shelf {
  close(): Promise<void>;
}

/** What a client agreed to, in the office's PostgreSQL. @throws LEDGER_UNREACHABLE, LEDGER_UNKNOWN */
export async function openSharedShelf(url: string, client: string): Promise<SharedShelf> {
  const { query, close } = await lastingConnection(client, () => connect(url, schemaOf(client)));
  const isKind = (kind: unknown): kind is ShelfKind => shelfKinds.some((known) => known === kind);
  return {
    items: async () =>
      (await query('SELECT kind, id FROM approval')).flatMap(({ kind, id }) =>
        isKind(kind) ? [{ kind, id: String(id) }] : [],
      ),
    async read({ kind, id }) {
      const [row] = await query('SELECT body FROM approval WHERE kind = $1 AND id = $2', [kind, id]);
      return row && String(row.body);
    },
    async keep({ kind, id }, text) {
      await query('INSERT INTO approval (kind, id, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        kind,
        id,
        text,
      ]);
    },
    close,
  };
}
