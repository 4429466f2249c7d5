import type { PublishedRecord } from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import { openReleases } from './releases.ts';

/** One publication in `sec site history`. */
export interface HistoryRow extends PublishedRecord {
  /** Whether it was the last one on its host. */
  readonly live: boolean;
  /** Whether its release is kept here, so that it can go live again. */
  readonly kept: boolean;
}

/** What was published for a client from this computer, newest first. */
export async function siteHistory(client: Client): Promise<HistoryRow[]> {
  const store = await openReleases(client);
  const [records, kept] = await Promise.all([store.history(), store.kept()]);
  const last = new Map(records.map((record) => [record.target, record]));
  return records
    .map((record) => ({
      ...record,
      live: last.get(record.target) === record,
      kept: kept.has(record.release),
    }))
    .reverse();
}
