import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/adapters/lists/open-store.ts';
import type { Candidate } from '../../src/audience/audience.ts';
import type { CsvFile } from '../../src/audience/csv-file.ts';
import { type ImportOptions, prepareImport } from '../../src/audience/import-list.ts';
import type { ListStore } from '../../src/audience/list-store.ts';
import type { ClientKey } from '../../src/audience/recipient-id.ts';
import type { RejectSink } from '../../src/audience/reject-sink.ts';
import { sha256 } from '../../src/core/digest.ts';
import { finish } from '../../src/core/progress.ts';

/** A CSV file of this text, handed over in chunks of `size` bytes. */
export function csvOf(text: string, size = 1 << 16): CsvFile {
  const bytes = Buffer.from(text);
  return {
    name: 'people.csv',
    encoding: 'UTF-8',
    async *chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
    digest: () => sha256(bytes),
  };
}

/** A temporary folder, removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sec-audience-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A key for the lists in a folder: the same each time that they are opened. */
export const keyOf = (folder: string): ClientKey => createHash('sha256').update(folder).digest();

/** A real store in a folder of its own. */
export function temporaryStore(client = 'kaldi', folder = join(temporaryFolder(), client)): ListStore {
  const store = openStore(folder, client, keyOf(folder));
  onTestFinished(() => store.close());
  return store;
}

/** Keeps reject files in memory. */
export class FakeRejectSink implements RejectSink {
  text = '';
  kept = false;
  write(text: string) {
    this.text += text;
  }
  keep() {
    this.kept = this.text !== '';
    return this.kept ? 'rejects.csv' : null;
  }
  discard() {
    if (!this.kept) this.text = '';
  }
}

/** Prepares an import of `text` into the list `customers`. */
export function prepare(store: ListStore, text: string, options: Partial<ImportOptions> = {}) {
  return finish(
    prepareImport(csvOf(text), {
      list: 'customers',
      basis: 'consent',
      map: new Map(),
      store,
      rejects: new FakeRejectSink(),
      at: Temporal.Instant.from('2026-03-01T10:00:00Z'),
      signal: new AbortController().signal,
      ...options,
    }),
  );
}

/** Prepares an import and makes it so. @returns its counts */
export async function importText(store: ListStore, text: string, options: Partial<ImportOptions> = {}) {
  const prepared = await prepare(store, text, options);
  prepared.commit();
  return prepared.counts;
}

export async function collect(candidates: AsyncIterable<Candidate>): Promise<Candidate[]> {
  return Array.fromAsync(candidates);
}
