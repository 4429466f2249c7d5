import pc from 'picocolors';
import type { SiteStatus } from '../context/site-status.ts';
import { driftTable } from './drift.ts';
import { table } from './table.ts';
import { count, wallTime } from './words.ts';

/** Where a client's site stands, and what to do about it. */
export function statusView(status: SiteStatus, url: string, timezone: string): string {
  const moment = (iso: string) => wallTime(iso, timezone);
  const facts = [
    [
      'Live',
      status.live ? `${short(status.live)}, published ${moment(status.published ?? '')}` : 'nothing yet',
    ],
    ['Built', status.built === status.live ? 'the same' : short(status.built)],
    ['Waiting', waiting(status)],
    ['Approval', approvalText(status)],
    ...(status.nextChange ? [['Changes by itself', moment(status.nextChange)]] : []),
    ...(status.lockedBy
      ? [
          [
            'In use',
            `${status.lockedBy.owner}, ${status.lockedBy.doing}, since ${moment(status.lockedBy.since)}`,
          ],
        ]
      : []),
  ].map(([label = '', value = '']) => [`  ${pc.dim(label)}`, value]);
  return [
    `${pc.bold(url)} (${status.host})`,
    table(facts),
    ...driftLines(status),
    ...(status.interrupted
      ? [
          `${pc.yellow('!')} A publication was stopped in the middle. Finish it: sec site publish ${status.client}`,
        ]
      : []),
  ].join('\n');
}

function approvalText({ approval, approved, client }: SiteStatus): string {
  if (approved) return `given (${short(approved)})`;
  if (approval === 'none') return 'not needed';
  const ask = `sec approval request ${client} site`;
  return approval === 'prices'
    ? `needed where a price changes; none given for this build: ${ask}`
    : `needed; none given for this build: ${ask}`;
}

function waiting({ pending, client }: SiteStatus): string {
  const { uploads, removals } = pending;
  if (uploads + removals === 0) return 'nothing: this release is live';
  const parts = [
    ...(uploads > 0 ? [`${count(uploads, 'file')} to bring`] : []),
    ...(removals > 0 ? [`${count(removals, 'file')} to remove`] : []),
  ];
  return `${parts.join(', ')}: sec site publish ${client}`;
}

function driftLines({ drift, client }: SiteStatus): string[] {
  if (drift.length === 0) return [];
  const isOurs = drift.some(({ change }) => change !== 'added');
  return [
    `${pc.yellow('!')} Not done by sec, ${count(drift.length, 'file')} on the live site:`,
    ...driftTable(drift),
    ...(isOurs
      ? [`  To put the site's own back and keep a copy of theirs: sec site publish ${client} --accept-drift`]
      : []),
  ];
}

const short = (digest: string) => digest.slice(0, 12);
