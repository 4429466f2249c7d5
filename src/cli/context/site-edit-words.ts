import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditorCopy } from '../../adapters/sources/editor.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';
import { checkPage, editPage } from '../../site/edit/edit-page.ts';
import { type FieldChange, fieldChanges } from '../../site/edit/field-changes.ts';
import { parseAssignment } from '../../site/edit/field-path.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { editPageInEditor, keptWarning, type OpenedPage } from './site-edit.ts';

export interface EditFlags {
  readonly set?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly edit?: boolean | undefined;
}

/** A page's new text, checked, and what differs. */
export interface Edited {
  readonly text: string;
  readonly changes: readonly FieldChange[];
  readonly bodyChanged: boolean;
  /** Where the text lies that was written in the editor. */
  readonly copy?: string;
}

/**
 * Makes the edit that a command line asks for. Where it asks for none, a terminal opens the editor.
 *
 * @throws EDIT_NOTHING, SET_INVALID, VALUE_UNFIT, EDITOR_FAILED, and what is wrong with the page; nothing is written
 */
export async function* makeEdit(
  context: Context,
  client: Client,
  opened: OpenedPage,
  flags: EditFlags,
): Work<Edited> {
  const { source, page } = opened;
  const set = (flags.set ?? []).map(parseAssignment);
  const wantsEditor =
    flags.edit ?? (set.length === 0 && flags.from === undefined && context.prompts !== undefined);
  if (set.length === 0 && flags.from === undefined && !wantsEditor)
    throw fail('EDIT_NOTHING', { client: client.name });
  const body =
    flags.from === undefined ? undefined : { text: readBody(context, flags.from), source: flags.from };
  const text = editPage(source, page, client, { set, body });
  const copy = wantsEditor ? yield* editUntilGood(context, client, opened, text) : undefined;
  const finished = copy?.text ?? text;
  const after = checkPage({ ...source, text: finished }, client) ?? page;
  return {
    text: finished,
    changes: fieldChanges(page.data, after.data),
    bodyChanged: after.body !== page.body,
    ...(copy ? { copy: copy.location } : {}),
  };
}

/** In a terminal a mistake can be mended at once; the copy stays until it is good. */
async function* editUntilGood(
  context: Context,
  client: Client,
  { source }: OpenedPage,
  text: string,
): Work<EditorCopy> {
  for (let current = text; ; ) {
    const copy = await editPageInEditor(context, client, source, current);
    try {
      checkPage({ ...source, text: copy.text }, client);
      return copy;
    } catch (error) {
      const again =
        isSecError(error) && (await context.prompts?.confirm(`${error.message} Open it again?`, true));
      if (!again) {
        yield keptWarning(context, copy.location);
        throw error;
      }
      current = copy.text;
    }
  }
}

/** @throws FILE_NOT_TEXT, the system's error */
function readBody({ cwd }: Context, from: string): string {
  try {
    const bytes = readFileSync(from === '-' ? 0 : resolve(cwd, from));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw fail('FILE_NOT_TEXT', { file: from }, error);
    throw error;
  }
}
