import { z } from 'zod';
import { canonicalJson, type Digest } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import {
  type HostState,
  type Interruption,
  journalText,
  type Manifest,
  manifestText,
  parseJournal,
  parseManifest,
} from '../../../publish/index.ts';
import type { Condition, ObjectStore } from './store.ts';

const RECORD = '.sec/state.json';
const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

const recordSchema = z.strictObject({
  v: z.literal(1),
  manifest: z.string(),
  journal: z.string().optional(),
  etags: z.record(z.string(), z.string()),
  retired: z.record(z.string(), z.strictObject({ since: z.string(), etag: z.string() })),
});

/** What sec keeps beside a site in an object store, in one object: one read tells all, one write changes all. */
export interface SiteRecord {
  readonly manifest: Manifest;
  readonly interrupted?: Interruption | undefined;
  /** ETags under which the files of the manifest were stored: a file with another one was changed. */
  readonly etags: Readonly<Record<string, string>>;
  /** Files that no page asks for any more. Visitors may still be on an old page that does. */
  readonly retired: Readonly<Record<string, Retired>>;
}

export interface Retired {
  /** Instant in ISO 8601. */
  readonly since: string;
  readonly etag: string;
}

export interface StoredRecord {
  readonly record: SiteRecord | undefined;
  /** What the object must still be when it is written. */
  readonly on: Exclude<Condition, undefined>;
}

/** @throws HOST_STATE_UNREADABLE where it is there and not whole */
export async function readRecord(store: ObjectStore, target: string): Promise<StoredRecord> {
  const found = await store.get(RECORD);
  if (!found) return { record: undefined, on: 'new' };
  const broken = (problem: string, cause?: unknown) =>
    fail('HOST_STATE_UNREADABLE', { target, problem: `its record ${problem}` }, cause);
  let value: unknown;
  try {
    value = JSON.parse(found.bytes.toString());
  } catch (error) {
    throw broken('is not whole', error);
  }
  const read = recordSchema.safeParse(value);
  if (!read.success) throw broken('is not of a kind that this version of sec knows', read.error);
  const { manifest, journal, etags, retired } = read.data;
  return {
    record: {
      manifest: parseManifest(manifest, target),
      interrupted: journal === undefined ? undefined : parseJournal(journal, target),
      etags,
      retired,
    },
    on: { etag: found.etag },
  };
}

/** @throws LIVE_MOVED where somebody wrote it meanwhile */
export async function writeRecord(
  store: ObjectStore,
  target: string,
  { manifest, interrupted, etags, retired }: SiteRecord,
  on: StoredRecord['on'],
): Promise<StoredRecord> {
  const text = canonicalJson({
    v: 1,
    manifest: manifestText(manifest),
    ...(interrupted ? { journal: journalText(interrupted) } : {}),
    etags,
    retired,
  });
  const etag = await store.put(RECORD, Buffer.from(`${text}\n`), headers, on);
  if (etag === undefined) throw fail('LIVE_MOVED', { target });
  return { record: { manifest, interrupted, etags, retired }, on: { etag } };
}

export function stateOf({ record }: StoredRecord): HostState {
  if (!record) return { kind: 'absent' };
  const { manifest, interrupted } = record;
  return { kind: 'present', manifest, ...(interrupted ? { interrupted } : {}) };
}

/** What sec knows to be at a path while its ETag is that one. */
export function recordedHash({ record }: StoredRecord, path: string, etag: string): Digest | undefined {
  return record?.etags[path] === etag ? record.manifest.files[path]?.sha256 : undefined;
}

/** Whether a path is for sec's own things, which are no part of the site. */
export const isOwn = (path: string): boolean => path.startsWith('.sec/') || path.endsWith('/');
