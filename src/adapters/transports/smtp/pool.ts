import type { SmtpSession } from './session.ts';

/** The connections of one transport: so many at most, kept between batches. */
export class SessionPool {
  readonly #idle: SmtpSession[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #open: () => Promise<SmtpSession>;
  #free: number;

  /** @param open throws SmtpFailure */
  constructor(most: number, open: () => Promise<SmtpSession>) {
    this.#free = most;
    this.#open = open;
  }

  /**
   * A connection for one batch, a kept one where there is one. Waits while all are in use.
   *
   * @throws SmtpFailure where none can be made; then none is held
   */
  async take(): Promise<{ readonly session: SmtpSession; readonly isKept: boolean }> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      for (let session = this.#idle.pop(); session; session = this.#idle.pop())
        if (session.isOpen) return { session, isKept: true };
      return { session: await this.#open(), isKept: false };
    } catch (error) {
      this.#pass();
      throw error;
    }
  }

  give(session: SmtpSession): void {
    if (session.isOpen) this.#idle.push(session);
    this.#pass();
  }

  close(): void {
    for (const session of this.#idle.splice(0)) session.close();
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}
