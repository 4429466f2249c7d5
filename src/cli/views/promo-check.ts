import pc from 'picocolors';
import type { Problem } from '../../core/problem.ts';
import { count } from './words.ts';

/** Findings by file, each with its line, what is wrong and how to mend it. */
export function promoCheckView(campaign: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return `${pc.green('✓')} ${campaign} is ready: nothing was found.`;
  const files = Map.groupBy(problems, ({ file }) => file);
  const parts = [...files].map(([file, found]) => [pc.underline(file), ...found.map(finding)].join('\n'));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  return `${parts.join('\n\n')}\n\n${summary(errors, warnings)}`;
}

function finding({ line, rule, severity, message, fix }: Problem): string {
  const sign = severity === 'error' ? pc.red('✗') : pc.yellow('!');
  const where = (line === undefined ? '' : String(line)).padStart(5);
  return `${where} ${sign} ${message} ${pc.dim(rule)}\n        ${pc.dim(fix)}`;
}

function summary(errors: number, warnings: number): string {
  if (errors === 0) return `${count(warnings, 'warning')}, no errors: it can be sent.`;
  return `${count(errors, 'error')}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}: mend the errors before it is sent.`;
}
