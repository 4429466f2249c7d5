import pc from 'picocolors';
import type { ListedPasskey } from '../context/approval-passkeys.ts';
import { table } from './table.ts';
import { wallTime } from './words.ts';

/** Passkeys that are trusted, and those that wait for their owner's call. */
export function passkeysView(client: string, passkeys: readonly ListedPasskey[], timezone: string): string {
  if (passkeys.length === 0) return `No approver of ${client} has made a passkey yet.`;
  return table(
    passkeys.map(({ fingerprint, approver, since, pinned }) => [
      pc.bold(fingerprint),
      approver,
      `since ${wallTime(since, timezone)}`,
      pinned ? pc.green('trusted') : pc.yellow(`waits: sec approval passkey ${client} ${fingerprint}`),
    ]),
  );
}
