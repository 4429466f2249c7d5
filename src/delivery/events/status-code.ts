/**
 * Codes that say of the mailbox itself that it is not there, or not any more (RFC 3463 §3.2, §3.3 and the IANA
 * registry): a bad mailbox, system or syntax, moved without an address, a null MX; disabled.
 */
const gone = ['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'];

/**
 * Whether a bounce with this enhanced status code is about the mailbox. Everything else, such as a full mailbox,
 * a server that is busy, or a sender that is not trusted, says nothing against the address.
 */
export const isMailboxGone = (code: string | undefined): boolean => code !== undefined && gone.includes(code);

/** The first enhanced status code in a server's words: `550 5.1.1 no such user` gives `5.1.1`. */
export const statusCodeIn = (text: string): string | undefined =>
  /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1];
