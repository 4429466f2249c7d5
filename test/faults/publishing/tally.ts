import { isSecError } from '../../../src/core/errors/index.ts';
import type { Files } from '../../support/publication.ts';
import { isSame, isWhole, sitePair } from '../sites.ts';
import type { FaultyHost } from './faulty-host.ts';

export type Site = 'old' | 'new';

/** What a person may be told after a fault; each says what is live, or that nothing was begun. */
const told = [
  'HOST_FAILED',
  'HOST_UNREACHABLE',
  'HOST_STATE_UNREADABLE',
  'LOGIN_REFUSED',
  'LOCK_LOST',
  'LIVE_MOVED',
  'HOST_LOCKED',
];

export interface Tally {
  /** What went wrong, each with the point at which it did. */
  readonly wrong: readonly string[];
  /** Holds what ended a run against what a person may be told. */
  judge(at: string, error: unknown): void;
  /** Looks at what is live. @param site what has to be live, because the run said so */
  look(at: string, site?: Site): Promise<void>;
  /** Runs again, and looks whether all is as if nothing had happened. */
  converge(at: string, site: Site): Promise<void>;
  words(): string;
}

interface TallyOptions {
  readonly host: FaultyHost;
  /** Somebody else's files, which have to outlive everything. */
  readonly left: Files;
  rerun(site: Site): Promise<void>;
  /** Whether a lock keeps the next run out. */
  isLocked(): Promise<boolean>;
}

const sites = sitePair(0);

/** Counts what must never be: mixed releases, reruns that do not converge, others' files gone, words that do not help. */
export function startTally({ host, left, rerun, isLocked }: TallyOptions): Tally {
  const wrong: string[] = [];
  const counts = { mixed: 0, 'not converged': 0, 'removed that was not ours': 0, 'ended without a word': 0 };
  const note = (count: keyof typeof counts, at: string, why: string) => {
    counts[count] += 1;
    wrong.push(`${count}: ${at}: ${why}`);
  };
  const lookAt = async (at: string, isRight: (ours: Files) => boolean, count: keyof typeof counts) => {
    const now = await host.live();
    const gone = Object.keys(left).filter((path) => now[path] !== left[path]);
    if (gone.length > 0) note('removed that was not ours', at, gone.join(', '));
    const ours = Object.fromEntries(Object.entries(now).filter(([path]) => !Object.hasOwn(left, path)));
    if (!isRight(ours)) note(count, at, JSON.stringify(ours));
  };
  const isOneOrOther = (ours: Files) =>
    host.isAtomic ? isSame(ours, sites.old) || isSame(ours, sites.new) : isWhole(ours, sites, host.gap);
  return {
    wrong,
    judge(at, error) {
      if (error === undefined || (isSecError(error) && told.includes(error.code))) return;
      note('ended without a word', at, String(error));
    },
    look: (at, site) =>
      lookAt(at, site === undefined ? isOneOrOther : (ours) => isSame(ours, sites[site]), 'mixed'),
    async converge(at, site) {
      try {
        await rerun(site);
      } catch (error) {
        note('not converged', at, String(error));
        return;
      }
      await lookAt(at, (ours) => isSame(ours, sites[site]), 'not converged');
      const leftovers = (await host.leftovers?.()) ?? [];
      if (leftovers.length > 0) note('not converged', at, `left behind: ${leftovers.join(', ')}`);
      if (await isLocked()) note('not converged', at, 'locked');
    },
    words: () =>
      Object.entries(counts)
        .map(([what, n]) => `${what} ${n}`)
        .join(', '),
  };
}
