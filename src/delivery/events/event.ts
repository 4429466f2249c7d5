/** What became of a message after a server took it, or what its reader asked for. */
export type EventKind =
  | 'delivered'
  | 'deferred'
  /** Sent back. */
  | 'bounced'
  /** The reader, or their mail provider for them, called it spam. */
  | 'complained'
  | 'unsubscribed';

/** Something that a provider, a mail server or a reader said of a message. Holds no address. */
export interface MailEvent {
  /** The same for the same happening, however often it is told: it is counted once. */
  readonly id: string;
  readonly kind: EventKind;
  readonly at: Temporal.Instant;
  /** Absent where only the recipient is known. */
  readonly campaign?: string | undefined;
  /** The recipient's opaque id. */
  readonly recipient: string;
  /** In a few words, addresses taken out; for those that bounced or were put off. */
  readonly reason?: string | undefined;
  /** Bounced because there is no such mailbox, or none any more: writing again is of no use to anybody. */
  readonly isGone?: boolean | undefined;
}

export type SuppressionCause = 'bounced' | 'complained' | 'unsubscribed';

/** Why nothing more is sent to the recipient after this; undefined where it goes on. A full mailbox goes on. */
export function suppressionCause({ kind, isGone }: MailEvent): SuppressionCause | undefined {
  if (kind === 'complained' || kind === 'unsubscribed') return kind;
  return kind === 'bounced' && isGone ? 'bounced' : undefined;
}

/** A server's words without the addresses in them, and not too long. An address is looked for where a word begins: in time. */
export const withoutAddresses = (text: string): string =>
  text
    .replace(/(?<![^\s<>"'(),;:])[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
