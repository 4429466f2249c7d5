import { fail } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import { fits } from './merge/helpers.ts';
import { type FieldUse, type MergeFields, type Message, systemFields } from './message.ts';

type Messages = ReadonlyMap<string, Message>;

/**
 * Refuses a campaign that asks for columns which the list does not have, also where a fallback stands: a
 * misspelt name would greet everybody as nobody.
 *
 * @param columns the list's merge fields
 * @throws MERGE_FIELD_UNKNOWN with file, line and the near names
 */
export function checkMergeFields(messages: Messages, columns: readonly string[]): void {
  const [first] = unknownFields(messages, columns);
  if (!first) return;
  const { use, near } = first;
  const { fallback: _, type: __, ...place } = use;
  throw fail('MERGE_FIELD_UNKNOWN', { ...place, near, columns });
}

/** Each use of a merge field that the list lacks, with the names that may have been meant. */
export function unknownFields(messages: Messages, columns: readonly string[]) {
  const known = new Set([...columns, ...systemFields]);
  return distinct([...messages.values()].flatMap(usesOf))
    .filter(({ name }) => !known.has(name))
    .map((use) => ({ use, near: nearNames(use.name, columns) }));
}

/** Counts, recipient by recipient, whose cells are empty where a text has no fallback, or are not what it wants. */
export interface GapCounter {
  /** @param language the recipient's message */
  see(fields: MergeFields, language: string): void;
  /** What was found so far, in the order of use: a place, and how many people it touches. */
  gaps(): { use: FieldUse; missing: number; total: number }[];
  /** The same for cells that are no date or amount where the text shows one: they are shown as they stand. */
  unfit(): { use: FieldUse; missing: number; total: number }[];
  /** @throws MERGE_FIELD_EMPTY for the first gap */
  check(): void;
}

export function countGaps(messages: Messages): GapCounter {
  const needed = new Map(
    [...messages].map(([language, message]) => [
      language,
      distinct(usesOf(message)).filter(({ name, fallback }) => !fallback && !systemFields.includes(name)),
    ]),
  );
  const typed = new Map(
    [...messages].map(([language, message]) => [
      language,
      distinct(usesOf(message)).filter(({ type }) => type !== undefined),
    ]),
  );
  const missing = new Map<FieldUse, number>();
  const wrong = new Map<FieldUse, number>();
  let total = 0;
  const counted = (counts: ReadonlyMap<FieldUse, number>) =>
    [...counts].map(([use, count]) => ({ use, missing: count, total }));
  const gaps = () => counted(missing);
  return {
    see(fields, language) {
      total += 1;
      for (const use of needed.get(language) ?? []) {
        if ((fields[use.name] ?? '').trim() === '') missing.set(use, (missing.get(use) ?? 0) + 1);
      }
      for (const use of typed.get(language) ?? []) {
        const cell = (fields[use.name] ?? '').trim();
        if (use.type && cell !== '' && !fits(use.type, cell)) wrong.set(use, (wrong.get(use) ?? 0) + 1);
      }
    },
    gaps,
    unfit: () => counted(wrong),
    check() {
      const [first] = gaps();
      if (!first) return;
      const { fallback: _, type: __, ...place } = first.use;
      throw fail('MERGE_FIELD_EMPTY', { ...place, missing: first.missing, total });
    },
  };
}

/** How a field with a fallback is written: in a template, what is left for each recipient carries a backslash. */
export const fallbackFor = (name: string, file: string): string =>
  `${file.endsWith('.mjml') ? '\\' : ''}{{or ${name} "…"}}`;

const usesOf = ({ uses, fields }: Message): readonly FieldUse[] =>
  uses ?? fields.map((name) => ({ name, file: 'the message', line: 1, fallback: true }));

/** A field at its first place only: one correction is asked for at a time. */
function distinct(uses: readonly FieldUse[]): FieldUse[] {
  const seen = new Map<string, FieldUse>();
  for (const use of uses) {
    const key = `${use.file} ${use.name} ${use.fallback} ${use.type}`;
    if (!seen.has(key)) seen.set(key, use);
  }
  return [...seen.values()];
}
