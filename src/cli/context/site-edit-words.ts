import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EditorCopy } from '../../adapters/sources/editor.ts';
import type { NewPicture } from '../../adapters/sources/new-picture.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { Work } from '../../core/progress.ts';
import { checkPage, editPage } from '../../site/edit/edit-page.ts';
import { type FieldChange, fieldChanges } from '../../site/edit/field-changes.ts';
import { parseAssignment } from '../../site/edit/field-path.ts';
import { refuseTypos } from '../../site/edit/refuse-typos.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { editPageInEditor, keptWarning, type OpenedPage } from './site-edit.ts';
import { fillForm } from './site-edit-form.ts';
import { picturesOf } from './site-pictures.ts';

export interface EditFlags {
  readonly set?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly edit?: boolean | undefined;
  /** `field=FILE` */
  readonly image?: readonly string[] | undefined;
  /** `field=TEXT` */
  readonly alt?: readonly string[] | undefined;
}

/** A page's new text, checked, and what differs. */
export interface Edited {
  readonly text: string;
  readonly changes: readonly FieldChange[];
  readonly bodyChanged: boolean;
  /** Where the text lies that was written in the editor. */
  readonly copy?: string;
  readonly pictures: readonly NewPicture[];
}

/**
 * Makes the edit that a command line asks for. Where it asks for none, a terminal asks field by field.
 *
 * @throws EDIT_NOTHING, SET_INVALID, VALUE_UNFIT, EDITOR_FAILED, IMAGE_UNUSABLE, CANCELLED, and what is
 *   wrong with the page; nothing is written to the site
 */
export async function* makeEdit(
  context: Context,
  client: Client,
  opened: OpenedPage,
  flags: EditFlags,
): Work<Edited> {
  const { source, page } = opened;
  const words = (flags.set ?? []).map(parseAssignment);
  refuseTypos(words, page, client);
  const images = await picturesOf(context, client, opened, flags);
  const set = [...words, ...images.flatMap((image) => image.set)];
  const isAsked = set.length > 0 || flags.from !== undefined || flags.edit === true;
  if (!isAsked && !context.prompts) throw fail('EDIT_NOTHING', { client: client.name });
  const body =
    flags.from === undefined ? undefined : { text: readBody(context, flags.from), source: flags.from };
  const form =
    !isAsked && context.prompts ? await fillForm(context, context.prompts, client, opened) : undefined;
  const text = form?.text ?? editPage(source, page, client, { set, body });
  const pictures = form?.pictures ?? images.flatMap(({ picture }) => picture ?? []);
  const wantsEditor = form?.wantsEditor ?? flags.edit === true;
  const copy = wantsEditor ? yield* editUntilGood(context, client, opened, text) : undefined;
  const finished = copy?.text ?? text;
  const after = checkPage({ ...source, text: finished }, client) ?? page;
  return {
    text: finished,
    changes: fieldChanges(page.data, after.data),
    bodyChanged: after.content.body !== page.content.body,
    pictures,
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
