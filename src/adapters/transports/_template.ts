import { composed } from '../../delivery/composed.ts';
import { heldBack, type Outcome } from '../../delivery/outcome.ts';
import type { Mail, Transport } from '../../delivery/transport.ts';

/**
 * The beginning of a new transport, and a true one: it takes every mail and keeps none. To add yours: copy this
 * file, give it a line in registry.ts, and call `transportContract` for it in test/adapters/transports.
 *
 * @param name how people call it, without a user, password or key
 */
export function templateTransport(name: string): Transport {
  return {
    name,
    // What is in a batch when the process dies is in doubt afterwards: as small as the other side allows.
    batchSize: 10,
    concurrency: 1,
    // Throw TRANSPORT_UNREACHABLE or TRANSPORT_REFUSED here: nothing is recorded yet.
    async check() {},
    async send(batch, mayGo = () => true) {
      if (!mayGo()) return { outcomes: batch.map(() => heldBack), requests: 0 };
      return { outcomes: await Promise.all(batch.map(handOver)), requests: batch.length };
    },
    async close() {},
  };
}

/**
 * The one question that matters: is it certain? `accepted` and `rejected` only for the other side's own word;
 * `notSent` only where nothing can have arrived; `inDoubt` for everything between.
 */
async function handOver(mail: Mail): Promise<Outcome> {
  const filled = await composed(mail);
  if ('kind' in filled) return filled;
  return { kind: 'accepted', providerId: mail.messageId };
}
