import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/core/clock.ts';
import { openMailroom } from '../../src/delivery/mailroom.ts';
import type { Mail, Transport } from '../../src/delivery/transport.ts';
import { escapeHtml, message, recipient, slotText } from '../delivery/fixtures.ts';

/** What the other side of a transport received: one entry for each message that it took responsibility for. */
export interface Received {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly unsubscribe: string;
}

/** How a transport of one kind is made for the suite, with a real other side. */
export interface TransportHarness {
  readonly transport: Transport;
  received(): Promise<readonly Received[]>;
  /** Takes the other side away; absent where it cannot be (then a waiver says why). */
  vanish?(): Promise<void>;
  destroy(): Promise<void>;
}

export interface Waiver {
  readonly reason: string;
  readonly tests: readonly string[];
}

const clock = fixedClock('2026-03-02T10:00:00Z');

export const mailsTo = (count: number, over = {}): Mail[] => {
  const room = openMailroom(new Map([['en', message(over)]]), clock);
  return Array.from({ length: count }, (_, n) => room.mailFor(recipient(n)));
};

/** Reads a raw message as the suite compares it. */
export async function readMessage(bytes: Uint8Array): Promise<Received> {
  const parsed = await PostalMime.parse(bytes);
  return {
    to: parsed.to?.map(({ address }) => address).join(', ') ?? '',
    from: parsed.from?.address ?? '',
    subject: parsed.subject ?? '',
    text: (parsed.text ?? '').trimEnd(),
    html: (parsed.html ?? '').trimEnd(),
    unsubscribe: parsed.headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '',
  };
}

/** What every transport must do, whatever it talks to. */
export function transportContract(
  name: string,
  make: () => Promise<TransportHarness>,
  waivers: readonly Waiver[] = [],
): void {
  const waived = new Set(waivers.flatMap(({ tests }) => tests));
  const test = (title: string, body: () => Promise<void>) => {
    if (!waived.has(title)) it(title, body);
  };

  describe(`${name} as a transport`, () => {
    let harness: TransportHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(async () => {
      await harness.transport.close();
      await harness.destroy();
    });

    test('says that it is ready', async () => {
      await expect(harness.transport.check()).resolves.toBeUndefined();
    });

    test('brings each mail to its one recipient, once, as it was written', async () => {
      const { transport } = harness;
      const mails = mailsTo(transport.batchSize);
      const { outcomes, requests } = await transport.send(mails);
      expect(outcomes.map(({ kind }) => kind)).toEqual(mails.map(() => 'accepted'));
      expect(requests).toBeGreaterThan(0);
      const received = [...(await harness.received())].sort((a, b) => a.to.localeCompare(b.to));
      const expected = await Promise.all(mails.map((mail) => readMessage(mail.bytes())));
      expect(received).toEqual(expected.sort((a, b) => a.to.localeCompare(b.to)));
    });

    test('carries any language and any text of a list', async () => {
      const room = openMailroom(
        new Map([
          [
            'lv',
            message({
              subject: slotText('Pavasaris, {{first_name}} ☕'),
              html: slotText('<p>{{first_name}}</p>', escapeHtml),
              text: slotText('{{first_name}} — šķērsām'),
            }),
          ],
        ]),
        clock,
      );
      const fields = { first_name: 'Ģirts <b>"&\r\nBcc: other@example.org\r\n.\r\n{{x}} -s0- %s0%' };
      const mail = room.mailFor(recipient(1, { fields }));
      const { outcomes } = await harness.transport.send([mail]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted']);
      expect(await harness.received()).toEqual([await readMessage(mail.bytes())]);
    });

    test('refuses an address that is not one mailbox, and sends the others', async () => {
      const { transport } = harness;
      const good = mailsTo(2);
      const room = openMailroom(new Map([['en', message()]]), clock);
      const bad = room.mailFor(recipient(9, { address: 'a@example.com>\r\nRCPT TO:<b@example.com' }));
      const { outcomes } = await transport.send([...good.slice(0, 1), bad, ...good.slice(1)]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'rejected', 'accepted']);
      expect((await harness.received()).map(({ to }) => to).sort()).toEqual(
        good.map(({ recipient: { address } }) => address).sort(),
      );
    });

    test('has sent nobody anything when the other side is not there', async () => {
      await harness.vanish?.();
      const { outcomes } = await harness.transport.send(mailsTo(3));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['notSent', 'notSent', 'notSent']);
    });

    test('says before a send that the other side is not there', async () => {
      await harness.vanish?.();
      await expect(harness.transport.check()).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE' });
    });

    test('sends to nobody who may not go any longer', async () => {
      const { transport } = harness;
      let left = 1;
      const { outcomes } = await transport.send(mailsTo(3), () => left-- > 0);
      const sent = outcomes.filter(({ kind }) => kind === 'accepted').length;
      expect(await harness.received()).toHaveLength(sent);
      expect((await transport.send(mailsTo(3), () => false)).outcomes.map(({ kind }) => kind)).toEqual(
        Array(3).fill('notSent'),
      );
      expect(await harness.received()).toHaveLength(sent);
    });

    test('names itself without a secret', async () => {
      expect(harness.transport.name).not.toMatch(/secret|password|SG\./i);
      expect(harness.transport.batchSize).toBeGreaterThan(0);
      expect(harness.transport.concurrency).toBeGreaterThan(0);
    });
  });
}
