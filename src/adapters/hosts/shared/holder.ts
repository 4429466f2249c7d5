import { hostname } from 'node:os';
import type { Clock } from '../../../core/clock.ts';
import { isAbandoned, type LockRecord } from '../../../publish/index.ts';

/** Whoever holds a lock that cannot be understood: it is one all the same, and does not run out by itself. */
export const unknownHolder: LockRecord = {
  v: 1,
  token: '',
  owner: 'somebody',
  machine: '',
  pid: 0,
  doing: 'at work',
  since: 'just now',
  expires: '9999-12-31T00:00:00Z',
};

/** Whether a lock's holder is gone, as far as this computer can tell. */
export function isGone(lock: LockRecord, clock: Clock): boolean {
  return isAbandoned(lock, { now: clock.now(), machine: hostname(), isAlive });
}

/** A process that is somebody else's runs all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
