/** What the DNS says of a domain. Texts are whole: parts of one record are joined. */
export interface DomainRecords {
  /** Names of the servers that take its mail. A "null MX" (RFC 7505) is none. */
  readonly mx: readonly string[];
  readonly txt: readonly string[];
  /** The records at `_dmarc.` of the domain, or of the one above it that has some (RFC 7489 §6.6.3). */
  readonly dmarc: readonly string[];
  /** The records under the selectors that were asked for. */
  readonly dkim: readonly { readonly selector: string; readonly txt: readonly string[] }[];
}

/** Looks the records up. @throws where the DNS gives no answer; "there is none" is an answer */
export type LookUp = (domain: string, selectors: readonly string[]) => Promise<DomainRecords>;

/** The value of `name=` in a list of tags (RFC 6376 §3.2); the first one counts. */
export const tagOf = (record: string, name: string): string | undefined =>
  record
    .split(';')
    .map((part) => /^\s*([a-z][a-z0-9_]*)\s*=\s*(.*?)\s*$/is.exec(part))
    .find((found) => found?.[1]?.toLowerCase() === name)?.[2];

export const hasTag = (record: string, name: string, value: string): boolean =>
  tagOf(record, name)?.toLowerCase() === value.toLowerCase();
