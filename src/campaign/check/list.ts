import type { SecError } from '../../core/errors/index.ts';
import type { Problem } from '../../core/problem.ts';
import { type Campaign, mainBrief } from '../brief/brief.ts';
import { fallbackFor, type GapCounter, unknownFields } from '../merge-check.ts';
import type { Message } from '../message.ts';
import { asError, asWarning, at } from './rules.ts';

/** A campaign for a part of its list that cannot be chosen: a send would refuse it. */
export function checkWhere(campaign: Campaign, { message, hint }: SecError): Problem[] {
  return [asError({ ...at(mainBrief(campaign), 'where'), rule: 'segment', message, fix: hint })];
}

/** A campaign without a list: it can be sent to a CSV only, and nothing of it can be checked before. */
export function checkNoList(campaign: Campaign): Problem[] {
  const { file } = mainBrief(campaign);
  return [
    asWarning({
      file,
      rule: 'no-list',
      message: 'The brief names no list, so its merge fields cannot be checked.',
      fix: 'Add list: with the name of a list, or send it with --csv.',
    }),
  ];
}

/** A list that is not there yet: the campaign can still be sent to a CSV. */
export function checkUnknownList(campaign: Campaign, list: string, known: readonly string[]): Problem[] {
  return [
    asWarning({
      ...at(mainBrief(campaign), 'list'),
      rule: 'unknown-list',
      message: `There is no list "${list}"${known.length > 0 ? ` (there are: ${known.join(', ')})` : ''}, so its merge fields cannot be checked.`,
      fix: `Correct the name, or import it: sec list import ${campaign.client} ${list} FILE.csv --basis customer (or send with --csv)`,
    }),
  ];
}

/** Merge fields against a list: columns that it lacks, and cells that are empty where no fallback stands. */
export function checkList(
  messages: ReadonlyMap<string, Message>,
  columns: readonly string[],
  gaps: GapCounter,
): Problem[] {
  const unknown = unknownFields(messages, columns).map(({ use: { file, line, name }, near }) =>
    asError({
      file,
      line,
      rule: 'unknown-field',
      message: `The list has no column for {{${name}}}.`,
      fix: near.length > 0 ? `Did you mean {{${near[0]}}}?` : `Its columns: ${columns.join(', ') || 'none'}.`,
    }),
  );
  const missing = gaps
    .gaps()
    .filter(({ use }) => columns.includes(use.name))
    .map(({ use: { file, line, name }, missing, total }) =>
      asError({
        file,
        line,
        rule: 'missing-fallback',
        message: `${missing} of ${total} on the list have nothing for {{${name}}}.`,
        fix: `Write what they read instead: ${fallbackFor(name, file)}`,
      }),
    );
  const unfit = gaps
    .unfit()
    .filter(({ use }) => columns.includes(use.name))
    .map(({ use: { file, line, name, type }, missing, total }) =>
      asWarning({
        file,
        line,
        rule: 'unfit-cell',
        message: `${missing} of ${total} on the list have something in {{${name}}} that is no ${type === 'date' ? 'date' : 'amount'}; it is shown as it stands.`,
        fix: `Write the column as ${type === 'date' ? '2026-12-24' : '7.90'}, and import the list again.`,
      }),
    );
  return [...unknown, ...missing, ...unfit];
}

/**
 * People on a list whose language the campaign has no text in.
 *
 * @param languages how many read what, by the code in the list
 */
export function checkReaders(campaign: Campaign, languages: ReadonlyMap<string, number>): Problem[] {
  const main = mainBrief(campaign);
  const folder = main.file.replace(/[^/]+$/, '');
  const bare = (code: string) => code.split('-', 1)[0];
  const written = new Set([...campaign.briefs.keys()].map(bare));
  const total = [...languages.values()].reduce((sum, count) => sum + count, 0);
  return [...languages]
    .filter(([language]) => !written.has(bare(language)))
    .map(([language, count]) =>
      asWarning({
        file: main.file,
        rule: 'missing-translation',
        message: `${count} of ${total} whose language the list knows read ${language}, and would get the ${main.language} mail.`,
        fix: `Write ${folder}campaign.${language}.md, or leave it if they read ${main.language} too.`,
      }),
    );
}
