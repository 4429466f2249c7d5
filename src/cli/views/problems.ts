import pc from 'picocolors';
import type { Problem } from '../../core/problem.ts';

/** Findings by file, each with its line, what is wrong and how to mend it. */
export function problemList(problems: readonly Problem[]): string {
  const files = Map.groupBy(problems, ({ file }) => file);
  return [...files]
    .map(([file, found]) => [pc.underline(file), ...found.map(finding)].join('\n'))
    .join('\n\n');
}

function finding({ line, rule, severity, message, fix }: Problem): string {
  const sign = severity === 'error' ? pc.red('✗') : pc.yellow('!');
  const where = (line === undefined ? '' : String(line)).padStart(5);
  return `${where} ${sign} ${message} ${pc.dim(rule)}\n        ${pc.dim(fix)}`;
}

export const countErrors = (problems: readonly Problem[]): number =>
  problems.filter(({ severity }) => severity === 'error').length;

/** Lines of errors that are told beside other things. */
const MOST_LINES = 8;

/** The errors among the findings, one line each, and where to see the rest. */
export function errorLines(problems: readonly Problem[], client: string): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const lines = errors
    .slice(0, MOST_LINES)
    .map(
      ({ file, line, message, fix }) =>
        `${file}${line === undefined ? '' : `, line ${line}`}: ${message} ${fix}`,
    );
  const rest = errors.length - lines.length;
  return rest > 0 ? [...lines, `And ${rest} more: sec site check ${client}`] : lines;
}
