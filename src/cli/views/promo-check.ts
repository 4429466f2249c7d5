import pc from 'picocolors';
import type { Problem } from '../../core/problem.ts';
import { countErrors, problemList } from './problems.ts';
import { count } from './words.ts';

/** Findings by file, each with its line, what is wrong and how to mend it. */
export function promoCheckView(campaign: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return `${pc.green('✓')} ${campaign} is ready: nothing was found.`;
  const errors = countErrors(problems);
  const warnings = problems.length - errors;
  return `${problemList(problems)}\n\n${summary(errors, warnings)}`;
}

function summary(errors: number, warnings: number): string {
  if (errors === 0) return `${count(warnings, 'warning')}, no errors: it can be sent.`;
  return `${count(errors, 'error')}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}: mend the errors before it is sent.`;
}
