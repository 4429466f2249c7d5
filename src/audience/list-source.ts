import { fail } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import type { AudienceSource, Basis, Candidate, Recipient } from './audience.ts';
import type { ListStore, Member, StoredList } from './list-store.ts';

/** A list together with the store it is in. */
export interface FoundList {
  readonly store: ListStore;
  readonly list: StoredList;
}

/** The stored list of that name. @throws LIST_UNKNOWN with the near names */
export function findList(store: ListStore | undefined, client: string, name: string): FoundList {
  const list = store?.find(name);
  if (store && list) return { store, list };
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

/** A stored list as a mailing reads it. Suppression is looked up as each candidate is read. */
export function listSource(client: string, { store, list }: FoundList): AudienceSource {
  return {
    client,
    list: list.name,
    basis: basisOf(list),
    columns: list.columns,
    async *candidates(): AsyncGenerator<Candidate> {
      for (const member of store.members(list.name)) {
        yield store.suppression.has(member.id)
          ? { kind: 'excluded', reason: 'suppressed' }
          : { kind: 'recipient', recipient: toRecipient(member, list.columns) };
      }
    },
  };
}

function toRecipient({ id, address, language, fields }: Member, columns: readonly string[]): Recipient {
  const whole = Object.fromEntries(columns.map((name) => [name, fields[name] ?? '']));
  const recipient = { id, address, key: address.toLowerCase(), fields: whole };
  return language === undefined ? recipient : { ...recipient, language };
}
