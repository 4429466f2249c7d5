import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import type { EditHistory, RecordedEdit } from './history.ts';

export interface UndoWish {
  readonly client: string;
  /** Only edits of this page, below content/. */
  readonly path?: string | undefined;
  /** Back to before this edit; the last one where absent. */
  readonly number?: number | undefined;
}

/** What taking an edit back comes to. */
export interface Undo {
  /** From 1, in the order in which the edits were made. */
  readonly number: number;
  readonly edit: RecordedEdit;
  /** The text that the page had; `null` where there was no page. */
  readonly text: string | null;
}

/**
 * Works out what a page was before an edit.
 *
 * @param textNow the page's text as it is; undefined where there is no such page
 * @throws UNDO_NOTHING, UNDO_UNKNOWN; UNDO_CONFLICT where something other than sec changed the page since;
 *   HISTORY_LOST
 */
export function planUndo(
  { client, path, number }: UndoWish,
  history: Pick<EditHistory, 'edits' | 'text'>,
  textNow: (path: string) => string | undefined,
): Undo {
  const edits = history.edits().map((edit, n) => ({ edit, number: n + 1 }));
  const found =
    number === undefined
      ? edits.findLast(({ edit }) => path === undefined || edit.path === path)
      : edits.find((one) => one.number === number && (path === undefined || one.edit.path === path));
  if (!found && number !== undefined) throw fail('UNDO_UNKNOWN', { client, edit: number });
  if (!found) throw fail('UNDO_NOTHING', { client, page: path });
  const { edit } = found;
  const file = `sites/${client}/content/${edit.path}`;
  const last = edits.findLast((one) => one.edit.path === edit.path)?.edit;
  const now = textNow(edit.path);
  if ((now === undefined ? null : sha256(now)) !== last?.to) throw fail('UNDO_CONFLICT', { file, client });
  if (edit.from === null) return { ...found, text: null };
  const text = history.text(edit.from);
  if (text === undefined) throw fail('HISTORY_LOST', { file });
  return { ...found, text };
}
