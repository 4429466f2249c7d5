import type { Outcome, PinnedComment, Standing } from '../../approval/request/outcome.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import type { Assertion } from '../../approval/statement/envelope.ts';
import type { Statement, Tier } from '../../approval/statement/statement.ts';
import type { Passkey } from '../../approval/trust.ts';

/** What the approval desk needs of the office behind it. */
export interface DeskOffice {
  /** Anew at each question, so that every page shows what is. */
  find(id: string): Promise<DeskCase | undefined>;
}

/** One request, with all that its approver is shown and may do. */
export interface DeskCase {
  readonly request: ApprovalRequest;
  readonly outcome: Outcome | undefined;
  readonly standing: Standing;
  /** Of the client. */
  readonly business: string;
  readonly office: string;
  readonly timezone: string;
  /** The site's address, for what is live and not kept here. */
  readonly liveUrl: string;
  /** The approver's passkeys that were pinned. */
  readonly passkeys: readonly Passkey[];
  /** Whether both sides of a page can be shown. */
  readonly hasLive: boolean;
  /** The bytes of a site's file as it is or would be; texts with links that work in the preview. */
  file(side: Side, path: string): Promise<Uint8Array | undefined>;
  /** What was kept to be shown, such as `sample-1.html`. */
  shown(name: string): Uint8Array | undefined;
  /** The statement that an approval in this way would sign now. */
  draft(tier: Tier): Promise<Statement>;
  /** Records the answer, once. @throws REQUEST_DECIDED and the other refusals of an answer */
  answer(answer: DeskAnswer): Promise<DeskReceipt>;
  /** The receipt of an outcome that stands. */
  receipt(): Promise<DeskReceipt | undefined>;
  /** @returns whether there may be another try */
  wrongPin(): boolean;
  isPasskeyGood(assertion: Assertion, passkey: Passkey, statement: Statement): Promise<boolean>;
  /** Keeps a new passkey until the office has checked with its owner that it is theirs. @returns its fingerprint */
  offerPasskey(response: string, challenge: string, rp: RelyingParty): Promise<string | undefined>;
}

export type Side = 'new' | 'live';

export type DeskAnswer =
  | { readonly wish: 'approve'; readonly statement: Statement; readonly passkey?: Assertion }
  | {
      readonly wish: 'changes';
      readonly tier: Tier;
      readonly comments: readonly PinnedComment[];
    };

export interface DeskReceipt {
  readonly request: string;
  readonly approver: string;
  readonly outcome: 'approved' | 'changes';
  readonly tier: Tier;
  readonly at: string;
  readonly statement: string | null;
  readonly comments: readonly PinnedComment[];
  readonly audit: string | null;
}

/** What a passkey is made for: the desk's host name and origin (WebAuthn level 3, section 5.1). */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}
