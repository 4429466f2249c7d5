import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Changes = Readonly<Record<string, string | undefined>>;

/** A bare repository as a git host keeps it, and another hand that pushes to it. */
export interface BareRepository {
  readonly path: string;
  /** Paths that were on a branch from the beginning. */
  readonly before: readonly string[];
  git(...words: string[]): string;
  /** The files of a branch without those that were there before; none where there is no such branch. */
  files(branch: string): Record<string, string>;
  /** Somebody else pushes a commit: texts by path, undefined for what goes. */
  commit(branch: string, changes: Changes): void;
  /** Texts of the files that made way for sec's, as the messages of its commits name them. */
  madeWay(branch: string): string[];
}

export function bareRepository(
  path: string,
  branches: Readonly<Record<string, Changes>> = {},
): BareRepository {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const run = (words: string[], cwd?: string) =>
    execFileSync('git', words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const git = (...words: string[]) => run(['--git-dir', path, ...words]);
  run(['init', '--quiet', '--bare', '--template=', path]);
  const before = Object.values(branches).flatMap((files) => Object.keys(files));
  const has = (branch: string) => git('for-each-ref', `refs/heads/${branch}`) !== '';
  const read = (commit: string): Record<string, string> =>
    Object.fromEntries(
      git('ls-tree', '-r', '-z', '--name-only', commit)
        .split('\0')
        .filter((name) => name !== '')
        .map((name) => [name, git('cat-file', 'blob', `${commit}:${name}`)]),
    );
  const commit = (branch: string, changes: Changes) => {
    const work = `${path}.work`;
    mkdirSync(work, { recursive: true });
    const tree = (...words: string[]) => run(['--git-dir', path, '--work-tree', work, ...words], work);
    const parent = has(branch) ? ['-p', branch] : [];
    if (has(branch)) git('read-tree', branch);
    else git('read-tree', '--empty');
    for (const [name, text] of Object.entries(changes)) {
      if (text === undefined) {
        tree('rm', '--cached', '--quiet', '--', name);
        continue;
      }
      mkdirSync(dirname(join(work, name)), { recursive: true });
      writeFileSync(join(work, name), text);
      tree('add', '--force', '--', name);
    }
    rmSync(work, { recursive: true, force: true });
    const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org'];
    const next = git(...who, 'commit-tree', git('write-tree').trim(), ...parent, '-m', 'By hand').trim();
    git('update-ref', `refs/heads/${branch}`, next);
  };
  for (const [branch, files] of Object.entries(branches)) commit(branch, files);
  return {
    path,
    before,
    git,
    files(branch) {
      if (!has(branch)) return {};
      return Object.fromEntries(Object.entries(read(branch)).filter(([name]) => !before.includes(name)));
    },
    commit,
    madeWay(branch) {
      const log = git('log', '--format=%P%x00%(trailers:key=Made-Way,valueonly)%x01', branch);
      return log.split('\x01').flatMap((entry) => {
        const [parent = '', kept = ''] = entry.trim().split('\0');
        const names = kept.split('\n').filter((line) => line !== '');
        return names.map((name) => git('cat-file', 'blob', `${parent}:${JSON.parse(name)}`));
      });
    },
  };
}
