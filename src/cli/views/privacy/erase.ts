import pc from 'picocolors';
import type { Erasure, ErasureCounts } from '../../../privacy/erasure.ts';
import { isNothing } from '../../../privacy/erasure.ts';
import { count } from '../words.ts';

/** `on 1 list, 3 mails, 1 event`. */
function whatThereIs({ lists, sends, events, rejected, mails, requests }: ErasureCounts): string {
  const parts = [
    lists > 0 && count(lists, 'list'),
    sends > 0 && `${count(sends, 'send')} in the ledger`,
    events > 0 && count(events, 'event'),
    rejected > 0 && count(rejected, 'rejected row'),
    mails > 0 && count(mails, 'mail file'),
    requests > 0 && `${count(requests, 'open request')} for approval`,
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

export const erasureQuestion = (business: string, plan: ErasureCounts): string =>
  isNothing(plan)
    ? `Nothing is held of that address for ${business}. Suppress it all the same, so that no import brings it in?`
    : `Erase this person at ${business} for good: ${whatThereIs(plan)}? This cannot be undone.`;

/** What an erasure did, what it would do, and what it cannot reach. */
export function erasureText(business: string, done: Erasure): string {
  if (done.dryRun) {
    if (isNothing(done)) return `Nothing is held of that address for ${business}.`;
    return `Would erase at ${business}: ${whatThereIs(done)}.\n${unreached(done).join('\n')}\n`;
  }
  const first = isNothing(done)
    ? `${pc.green('✓')} Nothing was held of that address for ${business}; it is suppressed from now on.`
    : `${pc.green('✓')} Erased at ${business}: ${whatThereIs(done)}.`;
  const left =
    done.left.length === 0
      ? []
      : [
          `${pc.yellow('!')} The address stands in these files still; they are yours to change:`,
          ...done.left.map((file) => `    ${file}`),
        ];
  return [
    first,
    '  A keyed hash stays, so that no import brings them back and nothing is sent.',
    ...left,
    ...unreached(done),
    '',
  ].join('\n');
}

function unreached({ importedFrom, requests }: Erasure): string[] {
  return [
    `${pc.yellow('!')} Out of reach, and yours to think of:`,
    ...(importedFrom.length > 0 ? [`    files that were imported: ${importedFrom.join(', ')}`] : []),
    '    files of sec list export and sec privacy export, mails that went out, what a mail provider keeps',
    ...(requests > 0 ? ['    previews on the web that show them: publish the preview anew'] : []),
    '    backups of this computer',
  ];
}
