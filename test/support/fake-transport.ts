import { heldBack, type Outcome } from '../../src/delivery/outcome.ts';
import type { Mail, SendReport, Transport } from '../../src/delivery/transport.ts';

export interface FakeTransportOptions {
  readonly batchSize?: number;
  readonly concurrency?: number;
  /** What comes of one mail. Accepted unless said otherwise. */
  readonly outcome?: (mail: Mail) => Outcome;
  /** Called with each batch before its outcomes are made. */
  readonly onBatch?: (batch: readonly Mail[]) => void | Promise<void>;
  readonly check?: () => void;
  readonly pauseMs?: () => number | undefined;
}

export const accepted: Outcome = { kind: 'accepted', providerId: 'q' };

/** A transport in memory that counts what it accepted. */
export class FakeTransport implements Transport {
  readonly name = 'fake:';
  readonly batchSize: number;
  readonly concurrency: number;
  readonly taken = new Map<string, number>();
  batches = 0;
  isClosed = false;
  readonly #options: FakeTransportOptions;

  constructor(options: FakeTransportOptions = {}) {
    this.#options = options;
    this.batchSize = options.batchSize ?? 3;
    this.concurrency = options.concurrency ?? 2;
  }

  async check() {
    this.#options.check?.();
  }

  async send(batch: readonly Mail[], mayGo: () => boolean = () => true): Promise<SendReport> {
    if (!mayGo()) return { outcomes: batch.map(() => heldBack), requests: 0 };
    this.batches++;
    await this.#options.onBatch?.(batch);
    const outcomes = batch.map((mail) => {
      const outcome = this.#options.outcome?.(mail) ?? accepted;
      if (outcome.kind === 'accepted') this.take(mail);
      return outcome;
    });
    const pauseMs = this.#options.pauseMs?.();
    return { outcomes, requests: 1, ...(pauseMs === undefined ? {} : { pauseMs }) };
  }

  /** Takes responsibility for a mail, also where nobody will hear of it. */
  take({ recipient: { address } }: Mail) {
    this.taken.set(address, (this.taken.get(address) ?? 0) + 1);
  }

  async close() {
    this.isClosed = true;
  }
}
