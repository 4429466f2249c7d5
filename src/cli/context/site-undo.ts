import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { type ListedEdit, listEdits } from '../../site/edit/edit-list.ts';
import { type FieldChange, fieldChanges } from '../../site/edit/field-changes.ts';
import { planUndo } from '../../site/edit/undo.ts';
import { readFrontMatter } from '../../site/source/front-matter.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openPage, type PendingEdit } from './site-edit.ts';

/** An edit that takes another one back, and what differs. */
export interface PreparedUndo {
  readonly number: number;
  readonly edit: PendingEdit;
  readonly changes: readonly FieldChange[];
  readonly bodyChanged: boolean;
}

/** The edits of a client, or of the page that a word names, newest first. @throws PAGE_UNKNOWN */
export async function siteEdits(
  context: Context,
  client: Client,
  page: string | undefined,
): Promise<ListedEdit[]> {
  const history = await openHistory(client);
  return listEdits(history, page && (await editedPath(context, client, page)));
}

/**
 * Prepares taking back the last edit, of the page that a word names if one does; or all edits of a page from a
 * certain one on.
 *
 * @throws PAGE_UNKNOWN, UNDO_NOTHING, UNDO_UNKNOWN, UNDO_CONFLICT, HISTORY_LOST; nothing is written
 */
export async function prepareUndo(
  context: Context,
  client: Client,
  page: string | undefined,
  number: number | undefined,
): Promise<PreparedUndo> {
  const history = await openHistory(client);
  const path = page && (await editedPath(context, client, page));
  const textNow = (one: string) => {
    const file = join(client.siteDir, 'content', one);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const undo = planUndo({ client: client.name, path, number }, history, textNow);
  const now = textNow(undo.edit.path);
  const file = `sites/${client.name}/content/${undo.edit.path}`;
  const source = { path: undo.edit.path, file, text: now ?? '', sha256: sha256(now ?? '') };
  const edit = {
    source,
    text: undo.text ?? '',
    isNew: now === undefined,
    isGone: undo.text === null,
    undoes: undo.number,
  };
  const [before, after] = [source.text, edit.text].map((text) => readFrontMatter(text, file));
  const comparable = before && after && !edit.isNew && !edit.isGone;
  return {
    number: undo.number,
    edit,
    changes: comparable ? fieldChanges(before.data, after.data) : [],
    bodyChanged: comparable ? before.body !== after.body : false,
  };
}

/** A page that was edited by its path, also one that is gone; else as `site update` takes it. */
async function editedPath(context: Context, client: Client, word: string): Promise<string> {
  const wanted = word.replace(/^(\.\/)?(sites\/[^/]+\/)?content\//, '');
  const edited = (await openHistory(client)).edits().map(({ path }) => path);
  const known = edited.find((path) => path === wanted || path === `${wanted}.md`);
  return known ?? (await openPage(context, client, word)).source.path;
}

async function openHistory(client: Client) {
  const { editHistory } = await import('../../adapters/sources/edit-history.ts');
  return editHistory(join(client.stateDir, 'history'));
}
