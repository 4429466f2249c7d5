import type { SecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { textRules } from './content.ts';
import { dateRules } from './dates.ts';
import { envelopeRules } from './envelope.ts';
import { messageRules } from './message.ts';
import { offerRules } from './offers.ts';
import { pictureRules } from './pictures.ts';
import type { Checked } from './rules.ts';

/**
 * All that can be found in a campaign without its list: each language by each rule, every finding once.
 *
 * @param sender name and postal address as they must be read in every mail
 */
export function checkCampaign(
  languages: readonly Checked[],
  sender: { readonly name: string; readonly address: string },
): Problem[] {
  const rules = [envelopeRules, dateRules, textRules, offerRules, pictureRules, messageRules(sender)];
  return sortProblems(languages.flatMap((checked) => rules.flatMap((rule) => rule(checked))));
}

/** By file and line, and what a translation inherited only once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()].sort((a, b) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
  );
}

/** A failure that a campaign's own files caused, as a finding. */
export function asProblem({ code, message, hint, details }: SecError, file: string): Problem {
  const place = details as { file?: string; line?: number; problem?: string };
  const whole = message.replace(/ (Nothing was (sent|changed)|The file was left as it is)\.$/, '');
  return {
    file: place.file ?? file,
    ...(place.line === undefined ? {} : { line: place.line }),
    rule: code.toLowerCase().replaceAll('_', '-'),
    severity: 'error',
    message: place.problem ? `${place.problem.charAt(0).toUpperCase()}${place.problem.slice(1)}.` : whole,
    fix: hint,
  };
}
