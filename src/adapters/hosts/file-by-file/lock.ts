import type { Clock } from '../../../core/clock.ts';
import { fail, isSecError } from '../../../core/errors/index.ts';
import {
  HEARTBEAT_SECONDS,
  type LockClaim,
  type LockRecord,
  lockRecord,
  parseLock,
} from '../../../publish/index.ts';
import { isGone, unknownHolder } from '../shared/holder.ts';
import type { SiteFiles } from './files.ts';
import { type FilesLayout, nameOf } from './layout.ts';

/** A lock that this process holds. */
export interface HeldLock {
  /** @throws LOCK_LOST if somebody took it over; called before anything goes live, and on the way */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** The lock that stands in the way of a new run; undefined where there is none, or its holder is gone. */
export async function standingLock(
  files: SiteFiles,
  layout: FilesLayout,
  clock: Clock,
): Promise<LockRecord | undefined> {
  const found = await readLock(files, layout.lock);
  return found && isGone(found, clock) ? undefined : found;
}

/**
 * Takes the lock. It is a folder with the holder's record in it, made aside and renamed to its name, which only
 * one can do. A lock whose holder is gone is moved away first, and moved back if it turns out to be another one by
 * then. The record carries the holder's token in its name: who lost the lock cannot touch that of another.
 *
 * @throws HOST_LOCKED
 */
export async function takeLock(
  files: SiteFiles,
  layout: FilesLayout,
  claim: LockClaim,
  clock: Clock,
): Promise<HeldLock> {
  await files.makeFolder(layout.state);
  const since = clock.now();
  const own = `${layout.lock}.${claim.token}`;
  const record = (folder: string) => `${folder}/${claim.token}.json`;
  const text = () => `${JSON.stringify(lockRecord(claim, since, clock.now()))}\n`;
  try {
    await clearAbandoned(files, layout, claim, clock);
    await files.makeFolder(own);
    await files.write(record(own), text());
    const taken = (await files.renameFolder(own, layout.lock)) || (await isOurs(files, layout, claim));
    if (!taken) throw locked(layout, claim, await readLock(files, layout.lock));
  } catch (error) {
    await quietly(() => drop(files, own));
    // Whoever got in meanwhile has cleared away what this run was preparing.
    const other = isSecError(error) ? undefined : await standingLock(files, layout, clock);
    throw other ? locked(layout, claim, other) : error;
  }
  const beat = () =>
    quietly(async () => {
      if (await isOurs(files, layout, claim)) await files.write(record(layout.lock), text());
    });
  await quietly(() => dropLeftovers(files, layout));
  const timer = setInterval(beat, HEARTBEAT_SECONDS * 1000).unref();
  return {
    async assertHeld() {
      if (!(await isOurs(files, layout, claim))) throw fail('LOCK_LOST', { target: layout.target });
    },
    async release() {
      clearInterval(timer);
      await quietly(async () => {
        await files.remove(record(layout.lock));
        await files.removeFolder(layout.lock);
      });
    },
  };
}

/** Removes a lock, whoever holds it. */
export const removeLock = (files: SiteFiles, { lock }: FilesLayout): Promise<void> => drop(files, lock);

/** Whether the lock is still this run's. */
async function isOurs(files: SiteFiles, { lock }: FilesLayout, { token }: LockClaim): Promise<boolean> {
  return (await files.list(lock))?.has(`${token}.json`) === true;
}

/** Reads a lock; undefined where there is none. One that cannot be understood is one all the same. */
async function readLock(files: SiteFiles, folder: string): Promise<LockRecord | undefined> {
  const names = [...((await files.list(folder))?.keys() ?? [])].filter((name) => name.endsWith('.json'));
  const [name] = names;
  if (name === undefined) return undefined;
  const bytes = await files.read(`${folder}/${name}`);
  return bytes && (parseLock(Buffer.from(bytes).toString()) ?? unknownHolder);
}

/** Takes a lock away whose holder is gone, or which was half removed. */
async function clearAbandoned(
  files: SiteFiles,
  layout: FilesLayout,
  claim: LockClaim,
  clock: Clock,
): Promise<void> {
  const found = await readLock(files, layout.lock);
  if (!found) {
    await files.removeFolder(layout.lock);
    return;
  }
  if (!isGone(found, clock)) throw locked(layout, claim, found);
  const away = `${layout.lock}.${claim.token}.away`;
  if (!(await files.renameFolder(layout.lock, away))) return;
  const moved = await readLock(files, away);
  if (moved && moved.token !== found.token && (await files.renameFolder(away, layout.lock))) return;
  await drop(files, away);
}

/** What stopped runs have left among the records: locks on their way, files half written. */
async function dropLeftovers(files: SiteFiles, layout: FilesLayout): Promise<void> {
  const beside = `${nameOf(layout.lock)}.`;
  const names = (await files.list(layout.state)) ?? new Map();
  for (const [name, { kind }] of names) {
    const path = `${layout.state}/${name}`;
    if (kind === 'folder' && name.startsWith(beside)) await drop(files, path);
    // A new record without the old one is all there is of it.
    const isHalf = name.endsWith('.tmp') || (name.endsWith('.new') && names.has(name.slice(0, -4)));
    if (kind === 'file' && isHalf) await files.remove(path);
  }
}

async function drop(files: SiteFiles, folder: string): Promise<void> {
  for (const name of (await files.list(folder))?.keys() ?? []) await files.remove(`${folder}/${name}`);
  await files.removeFolder(folder);
}

/** A lock that cannot be removed or renewed runs out by itself; what was done under it is not undone by that. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    return;
  }
}

function locked(layout: FilesLayout, { client }: LockClaim, holder: LockRecord | undefined) {
  const { owner, since, doing } = holder ?? unknownHolder;
  return fail('HOST_LOCKED', { client, target: layout.target, owner, since, doing });
}
