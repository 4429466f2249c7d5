import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { privateFolder } from '../../files/atomic.ts';
import { asKnown } from './database.ts';

/**
 * Holds a campaign for one process. The system itself lets go when the process ends in any way, so a crash never
 * leaves a stale lock behind, and no process number has to be trusted. (SQLite's own file lock: it works alike
 * on Linux, macOS and Windows.)
 *
 * @param patienceMs how long to wait for it: somebody who only looks holds it for a moment
 * @returns what lets go; undefined where another one holds it
 * @throws IO_FAILED
 */
export function lockCampaign(dir: string, campaign: string, patienceMs = 0): (() => void) | undefined {
  const file = join(privateFolder(join(dir, 'locks')), `${encodeURIComponent(campaign)}.lock`);
  const database = new DatabaseSync(file, { timeout: patienceMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return () => {
      if (database.isOpen) database.close();
    };
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw asKnown(error);
  }
}

const SQLITE_BUSY = 5;
