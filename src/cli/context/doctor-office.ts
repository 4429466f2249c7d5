import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../desk/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Others must not read what clients confided, nor may it get into a repository. */
export async function officeFindings(workspace: Workspace): Promise<Finding[]> {
  const points = [privacy(workspace), await repository(workspace)];
  return points.flatMap((point) => (point ? [{ about: 'office', ...point }] : []));
}

function privacy({ stateDir }: Workspace): Omit<Finding, 'about'> | undefined {
  if (!existsSync(stateDir) || process.platform === 'win32') return undefined;
  if ((statSync(stateDir).mode & 0o077) === 0)
    return { check: 'private', state: 'well', text: 'Only you can read what is kept in .sec/.' };
  return {
    check: 'private',
    state: 'problem',
    text: 'Other users of this computer can read what is kept in .sec/.',
    fix: 'Run: chmod 700 .sec',
  };
}

async function repository({ root }: Workspace): Promise<Omit<Finding, 'about'> | undefined> {
  if (!existsSync(join(root, '.git'))) return undefined;
  const { execa } = await import('execa');
  const asked = await execa('git', ['check-ignore', '--quiet', '--', '.sec/state'], {
    cwd: root,
    reject: false,
  });
  if (asked.exitCode === 0) return { check: 'ignored', state: 'well', text: 'git leaves .sec/ alone.' };
  if (asked.exitCode !== 1) return undefined;
  return {
    check: 'ignored',
    state: 'problem',
    text: 'git does not leave .sec/ alone: the next commit may carry customers’ addresses.',
    fix: 'Add the line .sec/ to .gitignore.',
  };
}
