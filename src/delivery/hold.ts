import { type Work, warning } from '../core/progress.ts';
import type { LedgerWriter } from './ledger.ts';
import type { Hold, Transport } from './transport.ts';

/** What a run has held back: under which name, and how long each mail. */
export interface Held {
  readonly batch: string;
  readonly minutes: number;
}

/** In whole seconds, as what is recorded and what is asked for must be the same moment. */
export const holdFrom = ({ batch, minutes }: Held, now: Temporal.Instant): Hold => ({
  batch,
  until: now.add({ minutes }).round({ smallestUnit: 'second', roundingMode: 'ceil' }),
});

export interface HoldOptions {
  readonly writer: LedgerWriter;
  readonly transport: Transport;
  /** The batch of an earlier run. */
  readonly batch: string | undefined;
  readonly minutes: number | undefined;
}

/** Makes sure that the batch is on the disk before anything goes out under its name. @throws TRANSPORT_… */
export async function* openHold({ writer, transport, batch, minutes }: HoldOptions): Work<Held | undefined> {
  if (minutes === undefined) return undefined;
  if (!transport.recall) {
    yield warning(`${transport.name} sends at once: nothing can be called back.`);
    return undefined;
  }
  if (batch !== undefined) return { batch, minutes };
  return { batch: await writer.hold(await transport.recall.open()), minutes };
}

/** A mail must be allowed both when it is handed over and when it leaves. */
export function gateOfHold(
  gate: (at?: Temporal.Instant) => void,
  held: Held | undefined,
  now: () => Temporal.Instant,
): () => void {
  if (!held) return () => gate();
  return () => {
    gate();
    gate(holdFrom(held, now()).until);
  };
}
