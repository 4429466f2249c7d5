import pc from 'picocolors';
import { type Drift, isPage, type Manner, type PublishPlan } from '../../publish/index.ts';
import type { PublishReceipt } from '../context/publish.ts';
import { permitLines } from './approval.ts';
import { driftTable } from './drift.ts';
import { table } from './table.ts';
import { count, duration, size } from './words.ts';

/** Room for names in a line, in characters. The first one is always shown. */
const NAMES_WIDTH = 64;

/** What a publication will do, in plain words, before it is done. */
export function planView(plan: PublishPlan, manner: Manner = 'at once'): string {
  const paths = (kind: 'new' | 'changed') =>
    plan.uploads.filter(({ change }) => change === kind).map(({ path }) => path);
  const rows = changeRows(paths('new'), paths('changed'), Object.keys(plan.removals));
  const bytes = plan.uploads.reduce((sum, upload) => sum + upload.size, 0);
  return [
    `${pc.bold(plan.client)} → ${plan.target}`,
    ...(plan.resumes ? ['  An earlier publication was stopped in the middle; this one finishes it.'] : []),
    rows.length > 0 ? table(rows) : '  Nothing to change: what is live is this release.',
    ...noticed(paths('new'), paths('changed'), Object.keys(plan.removals)),
    ...(rows.length > 0 && manner !== 'at once' ? [`  ${manners[manner]}`] : []),
    pc.dim(
      `  ${size(bytes)} to bring${plan.unchanged > 0 ? `, ${count(plan.unchanged, 'file')} unchanged` : ''}`,
    ),
  ].join('\n');
}

const manners: Readonly<Record<Exclude<Manner, 'at once'>, string>> = {
  'file by file':
    'This host takes one file after the other: for that time old and new pages stand side by side.',
  gaps: 'This host takes one file after the other, and the page that is being replaced is missing for a moment.',
};

/** What somebody who knows the site will notice; nothing where no page changes. */
function noticed(added: readonly string[], changed: readonly string[], removed: readonly string[]): string[] {
  const pages = (paths: readonly string[]) => paths.filter(isPage).length;
  const parts = [
    ...(pages(changed) > 0 ? [`see ${count(pages(changed), 'page')} changed`] : []),
    ...(pages(added) > 0 ? [`find ${count(pages(added), 'new page')}`] : []),
    ...(pages(removed) > 0 ? [`no longer find ${count(pages(removed), 'page')}`] : []),
  ];
  return parts.length > 0 ? [`  Visitors will ${parts.join(', ')}.`] : [];
}

/** What others changed on the host where a plan would replace or remove it, in lines below the plan. */
export function driftLines(drift: readonly Drift[], isAccepted: boolean): string[] {
  if (drift.length === 0) return [];
  const next = isAccepted
    ? 'A copy of theirs is kept.'
    : 'Publishing stops here, unless you say --accept-drift; a copy of theirs is kept then.';
  return [
    `${pc.yellow('!')} Not as sec left it on the live site, ${count(drift.length, 'file')}: ${next}`,
    ...driftTable(drift),
  ];
}

/** The question before it. A whole sentence with numbers. */
export function planQuestion({ client, uploads, removals }: PublishPlan): string {
  const gone = Object.keys(removals).length;
  const removing = gone > 0 ? `, and remove ${count(gone, 'file')} from it` : '';
  return `Bring ${count(uploads.length, 'file')} to the live site of ${client}${removing}?`;
}

/** What was done. @param url the site's address @param outcome what it is now, to follow the address */
export function receiptView(receipt: PublishReceipt, url: string, outcome = 'is up to date'): string {
  const { changes, verified, durationMs, release, unchanged } = receipt;
  const rows = changeRows(changes.added, changes.changed, changes.removed);
  if (rows.length === 0 && verified.checked === 0)
    return `${pc.green('✓')} Nothing to do: ${url} has this release already.`;
  return [
    `${pc.green('✓')} ${pc.bold(url)} ${outcome} (${receipt.host}, ${duration(durationMs)})`,
    ...(rows.length > 0 ? [table(rows)] : []),
    ...permitLines(receipt.approval),
    pc.dim(
      `  ${unchanged > 0 ? `${count(unchanged, 'file')} unchanged · ` : ''}release ${release.slice(0, 12)} · ${checkedText(verified)}`,
    ),
  ].join('\n');
}

function checkedText({ checked, overHttp, readBack }: PublishReceipt['verified']): string {
  const how = [
    ...(overHttp > 0 ? [`${overHttp} through the site's address`] : []),
    ...(readBack > 0 ? [`${readBack} by reading the host's files`] : []),
  ];
  return `${count(checked, 'file')} checked: ${how.join(', ')}`;
}

function changeRows(
  added: readonly string[],
  changed: readonly string[],
  removed: readonly string[],
): string[][] {
  const rows = (paths: readonly string[], mark: string, word: string) =>
    [
      { paths: paths.filter(isPage).map(address), one: 'page' },
      { paths: paths.filter((path) => !isPage(path)), one: 'file' },
    ]
      .filter((group) => group.paths.length > 0)
      .map((group) => [
        `  ${mark}`,
        `${count(group.paths.length, `${word} ${group.one}`)}`,
        some(group.paths),
      ]);
  return [
    ...rows(added, pc.green('+'), 'new'),
    ...rows(changed, pc.yellow('~'), 'changed'),
    ...rows(removed, pc.red('−'), 'removed'),
  ];
}

/** `about/index.html` as visitors know it: `/about/`. */
const address = (path: string) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`;

function some(paths: readonly string[]): string {
  let shown = 1;
  let width = paths[0]?.length ?? 0;
  for (; shown < paths.length; shown++) {
    width += 2 + (paths[shown]?.length ?? 0);
    if (width > NAMES_WIDTH) break;
  }
  const rest = paths.length - shown;
  return paths.slice(0, shown).join('  ') + (rest > 0 ? pc.dim(`  and ${rest} more`) : '');
}
