import { fail } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import type { AudienceSource, Basis, Candidate, Recipient } from './audience.ts';
import type { ListStore, Member, StoredList } from './list-store.ts';
import { chooser } from './segment/chooser.ts';
import type { RowPlace, Segment } from './segment/segment.ts';
import { createSuppression, type SuppressedStore, type Suppression } from './suppression.ts';

/** A list together with the store it is in. */
export interface FoundList {
  readonly store: ListStore;
  readonly list: StoredList;
  readonly suppression: Suppression;
}

/**
 * The stored list of that name.
 *
 * @param office whom the office suppresses for all of its clients
 * @throws LIST_UNKNOWN with the near names
 */
export function findList(
  store: ListStore | undefined,
  client: string,
  name: string,
  office?: SuppressedStore,
): FoundList {
  const list = store?.find(name);
  if (store && list) return { store, list, suppression: createSuppression(store, office) };
  const known = store?.names() ?? [];
  throw fail('LIST_UNKNOWN', { client, list: name, near: nearNames(name, known), known });
}

/**
 * The basis of a whole list: consent only where every import had it. With one import of customers in it, the
 * stricter rules for customers (own similar products only) hold for all.
 */
export function basisOf(list: StoredList): Basis {
  return list.imports.every(({ basis }) => basis === 'consent') ? 'consent' : 'customer';
}

/** Where somebody on a list was last named: the place to correct their cells in. */
export function placeOf(store: ListStore, list: StoredList, id: string): RowPlace {
  const last = store.evidence(list.name, id).at(-1);
  return last ? { file: last.import.file, line: last.line } : { file: list.name };
}

/** A stored list, or a part of it, as a mailing reads it. Suppression is looked up as each candidate is read. */
export function listSource(client: string, found: FoundList, segment?: Segment): AudienceSource {
  const { store, list } = found;
  const chosen = chooser(segment);
  return {
    client,
    list: list.name,
    basis: basisOf(list),
    columns: list.columns,
    ...chosen.report,
    async *candidates(): AsyncGenerator<Candidate> {
      const choose = chosen.begin();
      for (const member of store.members(list.name)) {
        yield isSuppressed(found, member)
          ? { kind: 'excluded', reason: 'suppressed' }
          : choose(toRecipient(member, list.columns), () => placeOf(store, list, member.id));
      }
    },
  };
}

/** Whether somebody on a list must not be written to. */
export const isSuppressed = ({ suppression }: FoundList, { id, address }: Member): boolean =>
  suppression.isSuppressed(address.toLowerCase(), id);

function toRecipient({ id, address, language, fields }: Member, columns: readonly string[]): Recipient {
  const whole = Object.fromEntries(columns.map((name) => [name, fields[name] ?? '']));
  const recipient = { id, address, key: address.toLowerCase(), fields: whole };
  return language === undefined ? recipient : { ...recipient, language };
}
