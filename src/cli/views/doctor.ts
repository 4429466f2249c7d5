import pc from 'picocolors';
import type { Finding } from '../../desk/index.ts';
import type { Diagnosis } from '../context/doctor.ts';
import { count } from './words.ts';

const marks: Readonly<Record<Finding['state'], string>> = {
  well: pc.green('✓'),
  warning: pc.yellow('!'),
  problem: pc.red('✗'),
};

/** All that was looked at, client by client, with the mend below what is not well. */
export function doctorView({ findings, problems, warnings }: Diagnosis): string {
  const groups = Map.groupBy(findings, ({ about }) => about);
  const parts = [...groups].flatMap(([about, own]) => [pc.bold(about), ...own.map(findingLines), '']);
  const verdict =
    problems + warnings === 0
      ? `${pc.green('✓')} All is well.`
      : `${count(problems, 'problem')}, ${count(warnings, 'warning')}.`;
  return [...parts, verdict].join('\n');
}

const findingLines = ({ state, text, fix }: Finding) =>
  `  ${marks[state]} ${text}${fix === undefined ? '' : `\n      ${pc.dim(fix)}`}`;
