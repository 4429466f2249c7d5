import { fail, isSecError } from '../../../core/errors/index.ts';
import type { Work } from '../../../core/progress.ts';

/**
 * What stood in the way on a host, in plain words and without saying yet what it means for the site.
 * `silent`: no answer; `closed`: it does not accept the login; `other`: it answered with something else.
 */
export class HostTrouble extends Error {
  readonly kind: 'silent' | 'closed' | 'other';
  readonly problem: string;

  constructor(kind: HostTrouble['kind'], problem: string, cause?: unknown) {
    super(problem, { cause });
    this.name = 'HostTrouble';
    this.kind = kind;
    this.problem = problem;
  }
}

export interface TroubledHost {
  readonly target: string;
  readonly client: string;
}

/** Trouble while nothing has been begun. Whatever cannot be read is an error, never an empty host. */
export async function looking<Result>(
  { target, client }: TroubledHost,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostTrouble)) throw error;
    const { kind, problem } = error;
    if (kind === 'silent') throw fail('HOST_UNREACHABLE', { target, problem }, error);
    if (kind === 'closed') throw fail('LOGIN_REFUSED', { client, target, problem }, error);
    throw fail('HOST_STATE_UNREADABLE', { target, problem }, error);
  }
}

/** Trouble on the way of a publication. @param live says what is live then */
export async function* working<Result>(
  { target }: TroubledHost,
  live: () => string,
  work: Work<Result>,
): Work<Result> {
  try {
    return yield* work;
  } catch (error) {
    if (isSecError(error) || !(error instanceof HostTrouble)) throw error;
    throw fail('HOST_FAILED', { target, problem: error.problem, live: live() }, error);
  }
}
