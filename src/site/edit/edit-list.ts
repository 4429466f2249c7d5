import { isSecError } from '../../core/errors/index.ts';
import { readFrontMatter } from '../source/front-matter.ts';
import { plainObject } from '../source/plain.ts';
import { fieldChanges } from './field-changes.ts';
import type { EditHistory, RecordedEdit } from './history.ts';

/** One edit as a person reads it. */
export interface ListedEdit {
  /** From 1, in the order in which they were made: what `sec site undo --edit` takes. */
  readonly number: number;
  readonly at: string;
  readonly by: string;
  /** Below content/. */
  readonly page: string;
  readonly what: 'new' | 'changed' | 'removed';
  /** Names of the fields that changed. */
  readonly fields: readonly string[];
  readonly bodyChanged: boolean;
  readonly note: string;
  readonly undoes: number | null;
}

/** The edits of a client, or of one page, newest first. */
export function listEdits(history: Pick<EditHistory, 'edits' | 'text'>, path?: string): ListedEdit[] {
  return history
    .edits()
    .map((edit, n) => describe(edit, n + 1, history))
    .filter(({ page }) => path === undefined || page === path)
    .reverse();
}

function describe(
  { at, by, path, from, to, note, undoes }: RecordedEdit,
  number: number,
  history: Pick<EditHistory, 'text'>,
): ListedEdit {
  const what = from === null ? 'new' : to === null ? 'removed' : 'changed';
  const before = from === null ? undefined : readKept(history.text(from), path);
  const after = to === null ? undefined : readKept(history.text(to), path);
  const isComparable = what === 'changed' && before !== undefined && after !== undefined;
  return {
    number,
    at,
    by,
    page: path,
    what,
    fields: isComparable ? fieldChanges(before.data, after.data).map(({ field }) => field) : [],
    bodyChanged: isComparable && before.body !== after.body,
    note,
    undoes: undoes ?? null,
  };
}

/** A text that was kept, also one that could not be read as a page: an undo may bring such a one back. */
function readKept(text: string | undefined, path: string) {
  if (text === undefined) return undefined;
  try {
    return readFrontMatter(text, path);
  } catch (error) {
    if (!isSecError(error)) throw error;
    return { data: plainObject<never>([]), body: text };
  }
}
