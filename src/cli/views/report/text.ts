import pc from 'picocolors';
import type { SendReport } from '../../../delivery/report/report.ts';
import { table } from '../table.ts';
import { type ReportWords, reportWords, rowsOf } from './words.ts';

/** The report for a terminal. */
export function reportText(report: SendReport, language: string): string {
  const words = reportWords(language);
  const rows = rowsOf(report, words).map(({ label, value }) => [`  ${label}`, numberText(value, words)]);
  const domains = report.domains.map(({ domain, accepted, rejected, inDoubt }) => [
    `  ${domain || words.others}`,
    accepted.toLocaleString('en'),
    rejected > 0 ? pc.yellow(rejected.toLocaleString('en')) : '',
    inDoubt > 0 ? pc.yellow(inDoubt.toLocaleString('en')) : '',
  ]);
  const { sent, rejected, inDoubt } = words.rows;
  const head = [
    '',
    pc.dim(sent),
    report.domains.some((one) => one.rejected > 0) ? pc.dim(rejected) : '',
    report.domains.some((one) => one.inDoubt > 0) ? pc.dim(inDoubt) : '',
  ];
  const byDomain = domains.length > 0 ? ['', pc.bold(words.byDomain), table([head, ...domains])] : [];
  return [pc.bold(words.title), table(rows), ...byDomain].join('\n');
}

/** The report as CSV: one line for each number, then one for each domain. */
export function reportCsv(report: SendReport, language: string): string {
  const words = reportWords(language);
  const lines = rowsOf(report, words).map(({ key, label, value }) => [key, label, String(value ?? '')]);
  const domains = report.domains.flatMap(({ domain, accepted, rejected }) => [
    ['domain.sent', domain || words.others, String(accepted)],
    ['domain.rejected', domain || words.others, String(rejected)],
  ]);
  return [['key', 'what', 'number'], ...lines, ...domains].map(csvLine).join('');
}

const numberText = (n: number | null, words: ReportWords) =>
  n === null ? words.notTold : n.toLocaleString('en');
const csvLine = (cells: readonly string[]) =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
