/** What is confided for one thing, by name, as `sec login` stored it: `user`, `password`, `hostKey`, … */
export type Secrets = Readonly<Record<string, string>>;

/** How a kind of host is logged in to: what it asks, who answers there, and whether the answers are right. */
export interface HostLogin {
  /** The place's name, without anything secret. */
  readonly target: string;
  readonly questions: readonly LoginQuestion[];
  /** Stored beside the answers: what they were confided for. */
  readonly about?: Secrets;
  /**
   * Who answers at the address, found out before anything confided is sent there. Undefined where a public
   * authority vouches for it, so that nothing need be compared by hand.
   *
   * @throws HOST_UNREACHABLE, FTP_NOT_ENCRYPTED
   */
  identify(): Promise<HostIdentity | undefined>;
  /**
   * Logs in and writes a small file of a name of its own, reads it back and removes it.
   *
   * @throws LOGIN_REFUSED, HOST_UNREACHABLE, HOST_IDENTITY_CHANGED, HOST_NOT_WRITABLE
   */
  test(secrets: Secrets): Promise<void>;
}

export interface LoginQuestion {
  /** Under which name the answer is stored. */
  readonly key: string;
  /** A whole question in plain words. */
  readonly question: string;
  /** Typed without being shown. */
  readonly isSecret: boolean;
  readonly isOptional?: boolean;
  readonly initial?: string;
  /** A path of this computer, stored absolute. */
  readonly isPath?: boolean;
  /** Not asked where one of these is answered. */
  readonly unless?: readonly string[];
  /** Too long to be typed: taken only from what is read from the input. */
  readonly isOnlyFromInput?: boolean;
}

/** By what a host is known again. */
export interface HostIdentity {
  /** `SSH host key` or `TLS certificate`. */
  readonly what: string;
  /** `SHA256:` and base64 without padding, as OpenSSH shows it. */
  readonly fingerprint: string;
  /** What is stored beside the login so that only this host is talked to from now on. */
  readonly pin: Secrets;
}
