import { fail } from '../../../core/errors/index.ts';
import { said } from '../shared/said.ts';
import { sshFailure } from '../shared/ssh.ts';
import type { GitAddress } from './address.ts';
import type { Git } from './program.ts';
import type { Oid } from './trees.ts';

/** Where things are in the repository. Only the branch is served; the others lie below refs/sec/. */
export interface RefNames {
  /** The website. */
  readonly head: string;
  /** What sec has put there: a commit with the manifest, and the release alone below `site/`. */
  readonly record: string;
  /** Who publishes now: a commit whose message is the lock. */
  readonly lock: string;
}

export type Refs = Readonly<Partial<Record<keyof RefNames, Oid>>>;

/** One ref to move: it must be at `from` (not there: undefined), and is at `to` then (gone: undefined). */
export interface Move {
  readonly ref: string;
  readonly from: Oid | undefined;
  readonly to: Oid | undefined;
}

/** The repository on the other side. */
export interface Remote {
  readonly names: RefNames;
  /** What the refs are now, with all that they lead to at hand in the cache. @throws HOST_UNREACHABLE and the like */
  look(): Promise<Refs>;
  /** Moves all of the refs or none. False where it was refused, for whatever reason. */
  push(moves: readonly Move[]): Promise<{ readonly ok: boolean; readonly problem: string }>;
}

/** A fetch can find that a ref moved on since it was looked at. */
const ATTEMPTS = 4;

export function remoteOf(git: Git, address: GitAddress, client: string): Remote {
  const { target, url, branch } = address;
  const names: RefNames = {
    head: `refs/heads/${branch}`,
    record: `refs/sec/record/${branch}`,
    lock: `refs/sec/lock/${branch}`,
  };
  const failure = (stderr: string) => reachFailure(stderr, { client, target, cache: git.cache });

  async function list(): Promise<Refs> {
    const { ok, stdout, stderr } = await git.attempt([
      'ls-remote',
      '--quiet',
      '--',
      url,
      ...Object.values(names),
    ]);
    if (!ok) throw failure(stderr);
    const found = new Map(
      stdout.split('\n').flatMap((line) => {
        const [oid = '', name] = line.split('\t');
        return name === undefined ? [] : [[name, oid]];
      }),
    );
    const entries = Object.entries(names).flatMap(([key, name]) => {
      const oid = found.get(name);
      return oid === undefined ? [] : [[key, oid]];
    });
    return Object.fromEntries(entries);
  }

  async function missing(refs: Refs): Promise<(keyof RefNames)[]> {
    const keys = Object.keys(refs) as (keyof RefNames)[];
    const input = keys.map((key) => `${refs[key]}\n`).join('');
    const answers = (await git.local(['cat-file', '--batch-check'], { input })).split('\n');
    return keys.filter((_, n) => answers[n]?.endsWith(' missing'));
  }

  return {
    names,
    async look() {
      for (let attempt = 1; ; attempt++) {
        const refs = await list();
        const wanted = await missing(refs);
        if (wanted.length === 0) return refs;
        const depth = wanted.includes('head') ? ['--depth=1'] : [];
        const { ok, stderr } = await git.attempt([
          'fetch',
          '--quiet',
          '--no-tags',
          '--no-write-fetch-head',
          '--no-recurse-submodules',
          ...depth,
          '--',
          url,
          ...wanted.map((key) => names[key]),
        ]);
        if (attempt === ATTEMPTS) throw failure(stderr || 'it changes faster than it can be read');
        if (!ok && sshFailure(stderr, { client, target })) throw failure(stderr);
      }
    },
    async push(moves) {
      const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
      const { ok, stderr } = await git.attempt([
        'push',
        '--quiet',
        '--atomic',
        '--no-verify',
        '--no-follow-tags',
        '--no-recurse-submodules',
        ...leases,
        '--',
        url,
        ...moves.map(({ ref, to }) => `${to ?? ''}:${ref}`),
      ]);
      return { ok, problem: said(stderr, [git.cache]) };
    },
  };
}

/** What git said when it could not get to the repository. */
function reachFailure(
  stderr: string,
  { client, target, cache }: { client: string; target: string; cache: string },
) {
  const known = sshFailure(stderr, { client, target });
  if (known) return known;
  if (/Authentication failed|could not read Username|HTTP 40[13]|error: 40[13]/i.test(stderr))
    return fail('LOGIN_REFUSED', { client, target, problem: 'it refuses the login, or there is none' });
  if (/not found|does not appear to be a git repository|not exist/i.test(stderr))
    return fail('HOST_UNREACHABLE', { target, problem: 'there is no repository, or it is not shown to you' });
  return fail('HOST_STATE_UNREADABLE', { target, problem: said(stderr, [cache]) });
}
