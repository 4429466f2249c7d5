import pc from 'picocolors';
import type { CheckOutcome } from '../context/site-check.ts';
import { countErrors, problemList } from './problems.ts';
import { count } from './words.ts';

/** The result as `--json` prints it. */
export function siteCheckJson(client: string, { shown, accepted, unused, isWritten }: CheckOutcome) {
  const errors = countErrors(shown);
  return {
    client,
    problems: shown,
    errors,
    warnings: shown.length - errors,
    accepted: accepted.length,
    unused,
    baselineWritten: isWritten,
  };
}

/** Findings by file, then how many, and what to do about them. */
export function siteCheckView(client: string, { shown, accepted, unused, isWritten }: CheckOutcome): string {
  const errors = countErrors(shown);
  const warnings = shown.length - errors;
  const notes = [
    ...unused.map(
      ({ rule, file }) => `${pc.yellow('!')} Accepted, and not found any more: ${rule} in ${file}`,
    ),
    ...(isWritten ? [`${pc.green('✓')} sites/${client}/check-baseline.yaml accepts what was found.`] : []),
    ...(accepted.length > 0 ? [pc.dim(`${count(accepted.length, 'finding')} that the client accepts`)] : []),
  ];
  const list = shown.length > 0 ? [problemList(shown), ''] : [];
  return [...list, summary(client, errors, warnings), ...notes].join('\n');
}

function summary(client: string, errors: number, warnings: number): string {
  if (errors + warnings === 0) return `${pc.green('✓')} ${client}: nothing was found.`;
  if (errors === 0) return `${count(warnings, 'warning')}, no errors.`;
  return `${count(errors, 'error')}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}: mend the errors before you publish.`;
}
