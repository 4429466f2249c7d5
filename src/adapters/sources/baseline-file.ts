import { existsSync, readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { type Accepted, readBaseline } from '../../site/check/baseline.ts';
import { writeFileAtomic } from '../files/atomic.ts';

const HEAD = `# What this client accepts of the findings of "sec site check": they are counted, and not shown.
# Written by "sec site check --accept"; an entry may have a note: why.
`;

/** A client's baseline; empty where there is none. @param name what errors call the file */
export const readBaselineFile = (file: string, name: string): Accepted[] =>
  existsSync(file) ? readBaseline(readFileSync(file, 'utf8'), name) : [];

export const writeBaselineFile = (file: string, accepted: readonly Accepted[]): void =>
  writeFileAtomic(file, HEAD + stringify({ accepted }));
