import type { Digest } from '../../core/digest.ts';
import type { Outcome } from './outcome.ts';
import type { ApprovalRequest } from './request.ts';

/** A request and how it ended, where it has. */
export interface KeptRequest {
  readonly request: ApprovalRequest;
  readonly outcome: Outcome | undefined;
}

/** Where a client's requests for approval are kept until they are answered, and after. */
export interface RequestStore {
  add(request: ApprovalRequest): void;
  /** Oldest first. */
  all(): KeptRequest[];
  find(id: string): KeptRequest | undefined;
  /**
   * Closes a request, also while others try to: the first outcome stands, and everybody is handed that one.
   * Durable when it returns.
   */
  close(id: string, outcome: Outcome): { readonly outcome: Outcome; readonly isNew: boolean };
  /** Counts a wrong PIN. @returns how many there were with this one */
  countTry(id: string): number;
  /** What the approver is shown: pages of samples and pictures, kept until the request is closed. */
  keepShown(id: string, name: string, bytes: string | Uint8Array): void;
  shown(id: string, name: string): Uint8Array | undefined;
  /** The ids of a campaign's people, one a line, under their digest. */
  keepMembers(digest: Digest, members: string): void;
  members(digest: Digest): string | undefined;
}
