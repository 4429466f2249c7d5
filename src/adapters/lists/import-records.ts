import type { DatabaseSync } from 'node:sqlite';
import type { ImportFacts, ImportRecord } from '../../audience/list-store.ts';
import type { Sealer } from './sealer.ts';

type Facts = Omit<ImportRecord, 'at'>;

/** What is known of imports: when they were stands open, so that what is too old can be found; the rest is sealed. */
export interface ImportRecords {
  /** @returns its number: the one given, else one higher than those before */
  begin(list: number, facts: ImportFacts, id?: number): number;
  finish(id: number, done: Pick<ImportRecord, 'sha256' | 'counts'>): void;
  /** Oldest first, by number. */
  of(list: number): Map<number, ImportRecord>;
  /** Changes each import's own words, where `change` gives others. @returns how many texts were changed */
  rewrite(change: (text: string) => string): number;
}

const COUNTED_LATER = {
  rows: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  duplicates: 0,
  suppressed: 0,
  rejected: 0,
};

export function importRecords(database: DatabaseSync, sealer: Sealer): ImportRecords {
  const placeOf = (id: number) => `import ${id}`;
  const read = (id: number, body: unknown) => JSON.parse(sealer.open(placeOf(id), body)) as Facts;
  const save = (id: number, facts: Facts) =>
    database
      .prepare('UPDATE import SET body = ? WHERE id = ?')
      .run(sealer.seal(placeOf(id), JSON.stringify(facts)), id);
  const find = (id: number) => {
    const row = database.prepare('SELECT body FROM import WHERE id = ?').get(id);
    return read(id, row?.body);
  };
  return {
    begin(list, { at, ...facts }, id) {
      const { lastInsertRowid } = database
        .prepare("INSERT INTO import (id, list, at, body) VALUES (?, ?, ?, x'')")
        .run(id ?? null, list, at.toString());
      const number = Number(lastInsertRowid);
      save(number, { ...facts, sha256: '', counts: COUNTED_LATER });
      return number;
    },
    finish: (id, done) => void save(id, { ...find(id), ...done }),
    of(list) {
      const rows = database.prepare('SELECT id, at, body FROM import WHERE list = ? ORDER BY id').all(list);
      return new Map(
        rows.map(({ id, at, body }) => {
          const record = { at: Temporal.Instant.from(String(at)), ...read(Number(id), body) };
          return [Number(id), record];
        }),
      );
    },
    rewrite(change) {
      let changed = 0;
      for (const { id, body } of database.prepare('SELECT id, body FROM import').all()) {
        const facts = read(Number(id), body);
        const words = Object.entries({ file: facts.file, source: facts.source, wording: facts.wording });
        const others = words.flatMap(([name, text]) => {
          const other = text === undefined ? text : change(text);
          return other === undefined || other === text ? [] : [[name, other]];
        });
        if (others.length > 0) save(Number(id), { ...facts, ...Object.fromEntries(others) });
        changed += others.length;
      }
      return changed;
    },
  };
}
