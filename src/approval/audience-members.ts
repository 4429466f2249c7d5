import { type Digest, sha256 } from '../core/digest.ts';

/** The people of a campaign as an approval knows them: how many, and a digest over their opaque ids. */
export interface AudienceFacts {
  readonly list: string;
  readonly digest: Digest;
  readonly count: number;
}

/** Ids sorted and each once, one a line: the text whose digest a statement carries. */
export const membersText = (ids: Iterable<string>): string => [...new Set(ids)].sort().join('\n');

/** @param members as `membersText` writes them */
export function audienceFacts(list: string, members: string): AudienceFacts {
  return { list, digest: sha256(members), count: members === '' ? 0 : members.split('\n').length };
}

/**
 * How many of `now` were not there when the client approved: an audience may shrink, never grow. Where the
 * approved ids are not kept on this computer, or are not the ones that were approved, nobody counts as approved
 * unless the two are the same.
 */
export function addedSince(
  approved: AudienceFacts,
  approvedMembers: string | undefined,
  now: string,
): number {
  if (sha256(now) === approved.digest) return 0;
  const isKept = approvedMembers !== undefined && sha256(approvedMembers) === approved.digest;
  const known = new Set(isKept ? approvedMembers.split('\n') : []);
  return now.split('\n').filter((id) => id !== '' && !known.has(id)).length;
}
