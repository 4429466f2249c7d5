import pc from 'picocolors';
import type { Permit } from '../../approval/index.ts';
import type { Departing } from '../../delivery/ledger.ts';
import type { CampaignState, CancelReceipt, SendReceipt } from '../../delivery/receipt.ts';
import { momentText } from '../../delivery/schedule.ts';
import { type Tally, totalExcluded } from '../../delivery/tally.ts';
import { permitLines } from './approval.ts';
import { table } from './table.ts';
import { count, duration } from './words.ts';

/**
 * Where a campaign stands, with the equation that accounts for everybody, and what can be done next.
 *
 * @param timezone in which its beginning is told
 */
export function receiptView(
  receipt: SendReceipt & { readonly approval?: Permit },
  timezone?: string,
): string {
  const { client, campaign, state, balanced, requests, durationMs } = receipt;
  const parts = [`${mark(receipt)} ${pc.bold(`${client} / ${campaign}`)}: ${sentenceOf(receipt, timezone)}`];
  if (state === 'unsent') return `${parts[0]}\n\n  Send it with: sec promo send ${client} ${campaign}\n`;
  parts.push('', equation(receipt), '');
  parts.push(
    balanced
      ? pc.dim('  The figures add up: everybody is accounted for once.')
      : pc.red('  The figures do not add up: the record is damaged. Do not send; ask for help.'),
  );
  if (durationMs >= 1000 && requests > 0) parts.push(pc.dim(`  This took ${duration(durationMs)}.`));
  return [...parts, ...permitLines(receipt.approval), ...nextSteps(receipt), ''].join('\n');
}

const sentences: Readonly<Record<CampaignState, string>> = {
  unsent: 'never sent',
  planned: 'this is what would be done; nothing was recorded and nothing was sent',
  sending: 'being sent at this moment',
  paused: 'paused',
  cancelled: 'cancelled; nobody else will be written to',
  waiting: 'left to the workers; none of them is at work on it at this moment',
  stopped: 'stopped part-way',
  finished: 'finished; everybody was written to who should be',
};

/** Somebody who waits for the beginning holds the campaign, and sends nothing yet. */
function sentenceOf({ state, begins }: SendReceipt, timezone: string | undefined): string {
  if (begins === undefined || (state !== 'sending' && state !== 'waiting')) return sentences[state];
  const when = momentText(Temporal.Instant.from(begins), timezone);
  return state === 'sending' ? `waits to begin at ${when}` : `left to the workers, to begin at ${when}`;
}

const mark = ({ state, balanced, inDoubt }: SendReceipt) => {
  if (!balanced) return pc.red('✗');
  if (state === 'finished') return inDoubt > 0 ? pc.yellow('!') : pc.green('✓');
  return state === 'stopped' || state === 'paused' ? pc.yellow('!') : pc.cyan('•');
};

function equation(receipt: SendReceipt): string {
  const rows: [string, number, string, string][] = [
    ['', receipt.candidates, 'candidates', 'rows of the list'],
    ['=', totalExcluded(receipt.excluded), 'excluded', excludedWords(receipt.excluded)],
    [
      '+',
      receipt.planned,
      'planned',
      receipt.state === 'cancelled' ? 'will not be written to' : 'still to go',
    ],
    ['+', receipt.sending, 'sending', 'on their way now'],
    ['+', receipt.accepted, 'accepted', 'taken by the mail server'],
    ['+', receipt.rejected, 'rejected', rejectedWords(receipt)],
    ['+', receipt.inDoubt, 'in doubt', 'may or may not have it'],
  ];
  const width = Math.max(...rows.map(([, n]) => n.toLocaleString('en').length));
  return table(
    rows.map(([sign, n, name, note]) => [
      `  ${sign || ' '} ${n.toLocaleString('en').padStart(width)}`,
      name === 'in doubt' && n > 0 ? pc.yellow(name) : name,
      n > 0 || name === 'candidates' ? pc.dim(note) : '',
    ]),
  );
}

function rejectedWords({ rejected, recalled = 0 }: SendReceipt): string {
  const back = `${recalled.toLocaleString('en')} called back before they left`;
  if (recalled === 0) return 'refused by the mail server for good';
  return recalled === rejected ? back : `${back}, the others refused by the mail server for good`;
}

/** What can still be stopped, and from when on no longer (10 minutes before it leaves); empty where nothing can. */
export function heldView(
  { client, campaign, state }: SendReceipt,
  { count: held, first, last }: Departing,
  timezone: string,
): string {
  if (!first || !last || state === 'cancelled') return '';
  const late = (leaves: Temporal.Instant) => momentText(leaves.subtract({ minutes: 10 }), timezone);
  return (
    `\n  SendGrid holds ${count(held, 'mail')} back. Stop what is not too late with: sec promo cancel ${client} ${campaign}\n` +
    `  It is too late for the first from ${late(first)} on, for the last from ${late(last)} on.\n`
  );
}

/** The answer to a cancel where the other side held mail back. */
export function recallView(receipt: CancelReceipt): string {
  const { stopped = 0, accepted, inDoubt } = receipt;
  const had = accepted === 1 ? 'had left or was' : 'had left or were';
  const gone = accepted > 0 ? ` ${count(accepted, 'mail')} ${had} too late to stop.` : '';
  const open = inDoubt > 0 ? ` Of ${count(inDoubt, 'mail')} nobody can tell.` : '';
  return `${pc.cyan('•')} ${count(stopped, 'mail')} stopped: SendGrid confirmed it.${gone}${open}\n\n${receiptView(receipt)}`;
}

/** `4 duplicate, 2 not usable`; `nobody` where nobody is excluded. */
export function excludedWords(excluded: Tally['excluded']): string {
  const parts: [number, string][] = [
    [excluded.suppressed, excluded.suppressed === 1 ? 'who wants no mail' : 'who want no mail'],
    [excluded.duplicate, 'twice in the list'],
    [excluded.invalid, 'without a usable address'],
    [excluded.segment, 'outside the chosen part'],
  ];
  const words = parts.filter(([n]) => n > 0).map(([n, why]) => `${n.toLocaleString('en')} ${why}`);
  return words.length > 0 ? words.join(', ') : 'nobody';
}

function nextSteps({ client, campaign, state, inDoubt, sending }: SendReceipt): string[] {
  const words = `${client} ${campaign}`;
  const steps: string[] = [];
  if (state === 'stopped' || state === 'paused') steps.push(`  Go on with: sec promo resume ${words}`);
  if (state === 'waiting')
    steps.push(
      '  It goes on as soon as a worker is free for it: see that "sec worker" runs somewhere.',
      `  Stop it with: sec promo pause ${words}`,
    );
  if (state === 'sending') steps.push(`  Stop it with: sec promo pause ${words}`);
  if (sending > 0 && state !== 'sending')
    steps.push(`  ${sending} were in flight when the sender stopped; they count as in doubt.`);
  if (inDoubt > 0) steps.push(`  Settle those in doubt with: sec promo resolve ${words}`);
  return steps.length > 0 ? ['', ...steps] : [];
}

/** The answer to a second send of a campaign that has nobody left. */
export function alreadySentView(receipt: SendReceipt): string {
  return (
    `${pc.cyan('•')} Nothing was sent: everybody of this campaign was written to before.\n` +
    `  Its people were fixed at the first send; whoever came to the list since needs a campaign with another name.\n\n${receiptView(receipt)}`
  );
}

/** The answer to a send that was left to a worker. @param when ` at …`, or empty for at once */
export const handedOverView = ({ client, campaign, planned }: SendReceipt, when: string): string =>
  `${pc.green('✓')} ${pc.bold(`${client} / ${campaign}`)}: put up for a worker, for ${count(planned, 'person', 'people')}${when}.\n\n` +
  `  See how it goes with: sec promo status ${client} ${campaign}\n` +
  `  Stop it with: sec promo pause ${client} ${campaign}\n`;

/** The answer to a wish that a sender at work obeys as soon as what is in flight is finished. */
export function controlView(receipt: SendReceipt, wish: 'pause' | 'cancel'): string {
  if (receipt.state === 'sending')
    return `${pc.cyan('•')} The sender was told to ${wish}; it finishes what is in flight first.\n`;
  if (receipt.state === 'finished')
    return `${pc.green('✓')} There is nothing to ${wish}: everybody was written to.\n`;
  return receiptView(receipt);
}
