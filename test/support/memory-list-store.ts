import type { PutResult } from '../../src/audience/import-counts.ts';
import { outcomeCounter } from '../../src/audience/import-counts.ts';
import type { Identified, ImportTransaction, ListStore } from '../../src/audience/list-store.ts';
import { idMaker } from '../../src/audience/recipient-id.ts';

/** A store of one list in memory, as strict as a real one: for tests of very many imports. */
export class MemoryListStore implements ListStore {
  readonly clientKey = Buffer.alloc(32, 7);
  private readonly idOf = idMaker(this.clientKey);
  readonly suppressed = new Set<string>();
  /** What was committed: the people by id. */
  people = new Map<string, Identified>();
  /** How many imports were begun and neither committed nor rolled back. */
  open = 0;

  readonly suppression = {
    has: (id: string) => this.suppressed.has(id),
    among: (ids: readonly string[]) => this.suppressed.intersection(new Set(ids)),
    find: () => undefined,
    add: (id: string) => this.suppressed.size < this.suppressed.add(id).size,
    remove: (id: string) => this.suppressed.delete(id),
    count: () => this.suppressed.size,
  };
  names = () => [];
  find = () => undefined;
  members = () => [];
  member = () => undefined;
  lastNamed = () => [];
  evidence = () => [];
  erase = (id: string) => ({ lists: Number(this.people.delete(id)), mentions: 0 });
  remove = (_list: string, ids: readonly string[]) => ids.filter((id) => this.people.delete(id)).length;
  close = () => {};

  beginImport = (_list: string, columns: readonly string[]): ImportTransaction => {
    const people = new Map(this.people);
    const seen = new Set<string>();
    const counter = outcomeCounter<PutResult>(['added', 'updated', 'unchanged', 'duplicate']);
    let ended = false;
    this.open++;
    const end = () => {
      if (!ended) this.open--;
      ended = true;
    };
    return {
      identify: (person) => ({ id: this.idOf(person.address.key), person }),
      put: (taken) => {
        for (const one of taken) {
          const { cells, line } = one.person;
          if (cells.length !== columns.length) throw new Error('A row has another width than its columns.');
          counter.add(seen.has(one.id) ? 'duplicate' : people.has(one.id) ? 'updated' : 'added', line);
          if (!seen.has(one.id)) people.set(one.id, one);
          seen.add(one.id);
        }
      },
      finish: counter.outcomes,
      commit: () => {
        this.people = people;
        end();
      },
      rollback: end,
    };
  };
}
