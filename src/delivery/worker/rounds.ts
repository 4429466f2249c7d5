import { isSecError } from '../../core/errors/index.ts';
import { isOrdinary, tryAgainIn } from './again.ts';
import type { Wake } from './wake.ts';

/** A worker that is at work on a campaign, or waits, leaves its wake to others, and looks at it again so soon. */
const HELPER_SECONDS = 1;

/** What a worker does after it failed. */
export interface Verdict {
  /** Seconds until this worker tries again; undefined where a person must look first. */
  readonly again: number | undefined;
  /** Whether it is worth a word: the first time, and whenever it fails in another way. */
  readonly isNews: boolean;
}

interface Standing {
  isAtWork: boolean;
  /** Epoch milliseconds. */
  restsUntil: number;
  code: string;
  /** How often in a row it failed with this code. */
  times: number;
  /** How often in a row its wake was passed on. */
  passed: number;
}

/**
 * What one worker remembers of its campaigns: it is at work on each of them once, and one that it cannot send it tries
 * less and less often.
 */
export class Rounds {
  readonly #standings = new Map<string, Standing>();

  /** Seconds until a wake is passed on to whoever is free; undefined where this worker takes it. @param now epoch milliseconds */
  passOn(wake: Wake, now: number): number | undefined {
    const standing = this.#of(wake);
    if (!standing.isAtWork && standing.restsUntil <= now) {
      standing.passed = 0;
      return undefined;
    }
    if (standing.isAtWork) return HELPER_SECONDS;
    const left = (standing.restsUntil - now) / 1000;
    return Math.max(HELPER_SECONDS, Math.min(left, 2 ** standing.passed++));
  }

  begin(wake: Wake): void {
    this.#of(wake).isAtWork = true;
  }

  succeeded(wake: Wake): void {
    this.#standings.delete(keyOf(wake));
  }

  failed(wake: Wake, error: unknown, now: number): Verdict {
    const standing = this.#of(wake);
    const code = isSecError(error) ? error.code : '';
    const isSame = standing.times > 0 && standing.code === code;
    standing.times = isSame ? standing.times : 0;
    const again = tryAgainIn(error, standing.times);
    standing.times++;
    standing.code = code;
    standing.isAtWork = false;
    standing.restsUntil = now + 1000 * (again ?? 0);
    return { again, isNews: !isSame && !isOrdinary(error) };
  }

  #of(wake: Wake): Standing {
    const known = this.#standings.get(keyOf(wake));
    if (known) return known;
    const standing = { isAtWork: false, restsUntil: 0, code: '', times: 0, passed: 0 };
    this.#standings.set(keyOf(wake), standing);
    return standing;
  }
}

const keyOf = ({ client, campaign }: Wake) => `${client} ${campaign}`;
