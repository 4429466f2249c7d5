import type { Git } from './program.ts';
import { type Oid, writeTree } from './trees.ts';

/** Who makes a commit, and when. */
export interface Signature {
  readonly name: string;
  readonly at: Temporal.Instant;
}

export interface CommitFacts {
  readonly tree: Oid;
  readonly parent?: Oid | undefined;
  readonly message: string;
  readonly by: Signature;
}

/** Makes a commit. Nobody's address is in it. */
export async function makeCommit(git: Git, { tree, parent, message, by }: CommitFacts): Promise<Oid> {
  const date = `${Math.floor(by.at.epochMilliseconds / 1000)} +0000`;
  const name = by.name.replaceAll(/[<>\n]/g, ' ').trim() || 'sec';
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: 'sec@localhost',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: 'sec@localhost',
    GIT_COMMITTER_DATE: date,
  };
  const parents = parent === undefined ? [] : ['-p', parent];
  return (await git.local(['commit-tree', ...parents, tree], { input: message, env })).trim();
}

/** A commit that holds a text and no files. */
export async function commitText(git: Git, message: string, by: Signature): Promise<Oid> {
  return makeCommit(git, { tree: await writeTree(git, new Map()), message, by });
}
