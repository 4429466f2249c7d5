import { describe, expect, it } from 'vitest';
import { finish } from '../../src/core/progress.ts';
import { gateOfHold, holdFrom, openHold } from '../../src/delivery/hold.ts';
import type { LedgerWriter } from '../../src/delivery/ledger.ts';
import { FakeTransport } from '../support/fake-transport.ts';

const now = Temporal.Instant.from('2026-03-02T10:00:00.250Z');
const held = { batch: 'b', minutes: 20 };

/** Writes down the batches that it is told of. */
const writing = (noted: string[]) =>
  ({
    async hold(batch: string) {
      noted.push(batch);
      return noted[0] ?? batch;
    },
  }) as LedgerWriter;

class HoldingTransport extends FakeTransport {
  readonly recall = { open: async () => 'fresh', cancel: async () => now };
}

describe('what is held back', () => {
  it('leaves at a whole second, never before its minutes are over', () => {
    expect(String(holdFrom(held, now).until)).toBe('2026-03-02T10:20:01Z');
  });

  it('has its batch on the disk before anything goes out, and keeps that of an earlier run', async () => {
    const noted: string[] = [];
    const options = { writer: writing(noted), transport: new HoldingTransport(), minutes: 20 };
    expect(await finish(openHold({ ...options, batch: undefined }))).toEqual({ batch: 'fresh', minutes: 20 });
    expect(await finish(openHold({ ...options, batch: 'old' }))).toEqual({ batch: 'old', minutes: 20 });
    expect(noted).toEqual(['fresh']);
  });

  it('is nothing where nobody asked, or the transport sends at once', async () => {
    const noted: string[] = [];
    const writer = writing(noted);
    const unasked = { writer, transport: new HoldingTransport(), batch: 'old', minutes: undefined };
    expect(await finish(openHold(unasked))).toBeUndefined();
    const atOnce = { writer, transport: new FakeTransport(), batch: undefined, minutes: 20 };
    expect(await finish(openHold(atOnce))).toBeUndefined();
    expect(noted).toEqual([]);
  });

  it('must be allowed when it is handed over and when it leaves', () => {
    const asked: (Temporal.Instant | undefined)[] = [];
    gateOfHold(
      (at) => void asked.push(at),
      held,
      () => now,
    )();
    expect(asked.map(String)).toEqual(['undefined', '2026-03-02T10:20:01Z']);
    asked.length = 0;
    gateOfHold(
      (at) => void asked.push(at),
      undefined,
      () => now,
    )();
    expect(asked).toEqual([undefined]);
  });
});
