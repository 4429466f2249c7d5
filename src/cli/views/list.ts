import { domainToUnicode } from 'node:url';
import pc from 'picocolors';
import type { ConsentProof } from '../../audience/find-recipient.ts';
import type { ImportRecord, StoredList } from '../../audience/list-store.ts';
import type { ListSummary } from '../../audience/list-summary.ts';
import { wallTimeOf } from '../../core/wall-time.ts';
import { table } from './table.ts';
import { count } from './words.ts';

const SHOWN_DOMAINS = 8;
const SHOWN_IMPORTS = 5;

/** A list at a glance: how many, which fields, where they came from. */
export function listShowView(
  client: string,
  list: StoredList,
  summary: ListSummary,
  timezone: string,
): string {
  const { recipients, suppressed, columns, domains, languages } = summary;
  const gone = suppressed > 0 ? `, ${suppressed.toLocaleString('en')} of them suppressed` : '';
  const more = domains.length - SHOWN_DOMAINS;
  return [
    `${pc.bold(`${client} / ${list.name}`)}: ${count(recipients, 'recipient')}${gone}`,
    '',
    heading('Fields for mails'),
    table([['  email', ''], ...columns.map(({ name, empty }) => [`  ${name}`, gapNote(empty)])]),
    '',
    ...(languages.size > 0 ? [heading('Languages'), languageRows(summary), ''] : []),
    heading('Mail domains'),
    table(
      domains
        .slice(0, SHOWN_DOMAINS)
        .map((d) => [`  ${domainToUnicode(d.domain)}`, d.recipients.toLocaleString('en')]),
    ),
    ...(more > 0 ? [pc.dim(`  … and ${count(more, 'more', 'more')}`)] : []),
    '',
    heading('Imports'),
    table(list.imports.slice(-SHOWN_IMPORTS).map((record) => importRow(record, timezone))),
  ].join('\n');
}

/** The proof of consent for one address. */
export function consentView({ suppressed, evidence }: ConsentProof, timezone: string): string {
  const rows = evidence.map(({ import: record, line }) => [
    `  ${wallTimeOf(record.at, timezone)}`,
    record.basis,
    `${record.file}, line ${line}`,
    record.source ?? pc.dim('no source was given'),
    pc.dim(`sha256 ${record.sha256.slice(0, 12)}…`),
  ]);
  const wordings = evidence.flatMap(({ import: { wording } }) => (wording === undefined ? [] : [wording]));
  const read = [...new Set(wordings)].flatMap((wording) => ['', '  What they read:', `  “${wording}”`]);
  const state = suppressed
    ? `${pc.yellow('!')} Suppressed: no mail goes to this address.`
    : 'May be written to, because of:';
  return [state, '', table(rows), ...read].join('\n');
}

function languageRows({ languages, recipients }: ListSummary): string {
  const known = [...languages].sort(([, a], [, b]) => b - a);
  const none = recipients - known.reduce((sum, [, people]) => sum + people, 0);
  const rows = known.map(([code, people]) => [`  ${code}`, people.toLocaleString('en')]);
  return table(none > 0 ? [...rows, [pc.dim('  none'), pc.dim(none.toLocaleString('en'))]] : rows);
}

const heading = (text: string) => pc.underline(text);
const gapNote = (empty: number) => (empty > 0 ? pc.dim(`empty for ${empty.toLocaleString('en')}`) : '');

const importRow = ({ at, basis, file, source, counts }: ImportRecord, timezone: string) => [
  `  ${wallTimeOf(at, timezone)}`,
  basis,
  file,
  `${counts.added} new, ${counts.updated} changed, ${counts.rejected} rejected`,
  pc.dim(source ?? ''),
];
