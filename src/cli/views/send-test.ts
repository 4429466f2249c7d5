import pc from 'picocolors';
import type { TestReceipt } from '../../delivery/test-mail.ts';

export function sendTestView(to: string, { transport, subject, bytes }: TestReceipt): string {
  const size = Math.max(1, Math.round(bytes / 1000));
  return `${pc.green('✓')} A copy went to ${to} through ${transport}\n  ${subject} ${pc.dim(`(${size} kB)`)}\n`;
}
