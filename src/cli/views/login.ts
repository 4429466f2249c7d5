import pc from 'picocolors';
import type { HostIdentity } from '../../publish/index.ts';
import type { LoginReceipt } from '../context/login.ts';

/** Asked before anything confided is sent. */
export const identityQuestion = ({ what, fingerprint }: HostIdentity, target: string): string =>
  `${target} shows the ${what}\n    ${fingerprint}\n  Is it the one that the provider names (in its help pages, or on the phone)?`;

/** What was stored, where, and that it works. */
export function loginView({ client, what, host, identity, applied, kept }: LoginReceipt): string {
  const again = what === 'host' ? '' : ` --host ${what}`;
  const isMail = what === 'sender';
  const tried = isMail
    ? 'sec logged in and went again, and sent nothing'
    : 'a small file was written, read back and removed';
  const next = isMail ? `promo test ${client}` : `site publish ${client}${again} --dry-run`;
  return [
    `${pc.green('✓')} ${pc.bold(host)} lets sec in: ${tried}.`,
    ...(identity ? [`  From now on only this ${identity.what} is talked to: ${identity.fingerprint}`] : []),
    applied ? `  Kept ${kept}` : '  Nothing was stored.',
    ...(applied ? [pc.dim(`  Next: sec ${next}`)] : []),
  ].join('\n');
}

export const forgottenView = (what: string, forgotten: boolean): string =>
  forgotten ? `${pc.green('✓')} The login of ${what} is forgotten.` : `Nothing was stored for ${what}.`;
