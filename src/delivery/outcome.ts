/** What a transport says came of one message. Reasons are the server's words, without addresses. */
export type Outcome =
  /** The server took responsibility for it. */
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  /** Refused for good, because of this recipient or this message. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Refused for now. */
  | { readonly kind: 'deferred'; readonly reason: string }
  /** It certainly was not taken, for a reason that is not about the recipient: nobody there, no login. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** Nobody can tell: the connection broke after the message went out and before the answer came. */
  | { readonly kind: 'inDoubt'; readonly reason: string };

/** What comes of a mail that was about to go when the client's hours ended, or somebody said stop. */
export const heldBack: Extract<Outcome, { kind: 'notSent' }> = {
  kind: 'notSent',
  reason: 'it may not go out any longer',
};

/** Whether the server answered for this recipient, one way or the other. */
const isAnswer = ({ kind }: Outcome): boolean =>
  kind === 'accepted' || kind === 'rejected' || kind === 'deferred';

/**
 * Whether a chunk moved the campaign on: more answers than doubts. A lane whose chunk did not is not used
 * again, so a server that is gone, or breaks each connection, costs one chunk per lane and no more.
 */
export function madeHeadway(outcomes: readonly Outcome[]): boolean {
  const answers = outcomes.filter(isAnswer).length;
  return answers > outcomes.filter(({ kind }) => kind === 'inDoubt').length;
}

/** A mailbox or its address is at fault (RFC 3463 §3.2 and §3.3), and not whoever writes to it. */
const isAboutMailbox = (reason: string) => /\b5\.[12]\.\d/.test(reason);

/**
 * A server that refuses each of several recipients before it ever took one refuses the sender (no relaying, a
 * blocked address): nobody of them is written off, and the send stops with the server's words.
 *
 * @param tookAny whether any recipient of the campaign was ever accepted
 */
export function refusesEverybody(outcomes: readonly Outcome[], tookAny: boolean): boolean {
  return (
    !tookAny &&
    outcomes.length > 1 &&
    outcomes.every((outcome) => outcome.kind === 'rejected' && !isAboutMailbox(outcome.reason))
  );
}

const LONGEST_REASON = 300;
/** Words with single spaces between them, and no address: nothing to mend. */
const PLAIN = /^[\x21-\x3f\x41-\x7e]+(?: [\x21-\x3f\x41-\x7e]+)*$/;

/** A server's reply as a reason: one line, without control characters, addresses taken out, and not too long. */
export function plainReason(text: string): string {
  if (text.length <= LONGEST_REASON && PLAIN.test(text)) return text;
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.replace(/[^\s<>]+@[^\s<>"'(),;:]+/g, '(address)').slice(0, LONGEST_REASON);
}
