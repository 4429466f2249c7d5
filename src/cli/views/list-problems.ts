import pc from 'picocolors';
import type { Problem } from '../../core/problem.ts';
import { count } from './words.ts';

/** The findings of `sec list check`, the grave ones first. */
export function listProblemsView(client: string, list: string, problems: readonly Problem[]): string {
  const name = pc.bold(`${client} / ${list}`);
  if (problems.length === 0) return `${pc.green('✓')} ${name}: nothing to mend`;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const lines = problems.flatMap(({ severity, file, line, message, fix }) => [
    '',
    `${severity === 'error' ? pc.red('✗') : pc.yellow('!')} ${message}`,
    pc.dim(`  ${file}${line === undefined ? '' : `, line ${line}`}`),
    `  ${fix}`,
  ]);
  return [`${name}: ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}`, ...lines].join(
    '\n',
  );
}
