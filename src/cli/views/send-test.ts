import pc from 'picocolors';
import type { TestReceipt } from '../../delivery/test-mail.ts';

export function sendTestView(to: string, { transport, subject, bytes, sent }: TestReceipt): string {
  const size = Math.max(1, Math.round(bytes / 1000));
  const done = sent
    ? `A copy went to ${to} through ${transport}`
    : `${transport} finds the copy for ${to} right; nothing was sent`;
  return `${pc.green('✓')} ${done}\n  ${subject} ${pc.dim(`(${size} kB)`)}\n`;
}
