import type { LockPlace } from '../shared/lease-lock.ts';
import { commitText, type Signature } from './commits.ts';
import type { Git } from './program.ts';
import type { Remote } from './remote.ts';

/** The lock of a branch: a ref that is moved only from where it was seen last. */
export function lockRef(git: Git, remote: Remote, signature: Signature): LockPlace {
  const ref = remote.names.lock;
  const move = async (from: string | undefined, text: string) => {
    const to = await commitText(git, text, signature);
    const { ok } = await remote.push([{ ref, from, to }]);
    if (ok || (await remote.look()).lock === to) return to;
    return undefined;
  };
  return {
    async read() {
      const { lock } = await remote.look();
      if (lock === undefined) return undefined;
      const commit = await git.local(['cat-file', 'commit', lock]);
      return { text: commit.slice(commit.indexOf('\n\n') + 2), version: lock };
    },
    create: (text) => move(undefined, text),
    replace: (text, version) => move(version, text),
    async remove(version) {
      await remote.push([{ ref, from: version, to: undefined }]);
    },
  };
}
