import type { NewPicture } from '../../adapters/sources/new-picture.ts';
import { fail, isSecError } from '../../core/errors/index.ts';
import { editPage } from '../../site/edit/edit-page.ts';
import { checkTyped, type FormField, formFields } from '../../site/edit/form.ts';
import { readPage } from '../../site/page/read-page.ts';
import type { Client } from '../../workspace/index.ts';
import type { Prompts } from '../prompts.ts';
import type { Context } from './context.ts';
import type { OpenedPage } from './site-edit.ts';
import { altOf, type PictureEdit, pictureEdit } from './site-pictures.ts';

/** What came of asking field by field. */
export interface FilledForm {
  readonly text: string;
  readonly pictures: readonly NewPicture[];
  /** Whether the text below the fields is wanted in the editor. */
  readonly wantsEditor: boolean;
}

const DONE = 'done';
const TEXT = 'text';
const SHOWN = 60;

/**
 * Asks a person which fields of a page to change, one after the other, each answer checked as it is typed.
 *
 * @throws CANCELLED where nothing was changed in the end
 */
export async function fillForm(
  context: Context,
  prompts: Prompts,
  client: Client,
  opened: OpenedPage,
): Promise<FilledForm> {
  const pictures: NewPicture[] = [];
  let current = opened;
  for (;;) {
    const fields = formFields(current.page, client);
    const choice = await prompts.select(
      'What would you like to change?',
      choices(fields, current !== opened),
    );
    const { text } = current.source;
    if (choice === TEXT) return { text, pictures, wantsEditor: true };
    if (choice === DONE) {
      if (text === opened.source.text) throw fail('CANCELLED', { state: 'Nothing was changed.' });
      return { text, pictures, wantsEditor: false };
    }
    const field = fields.find(({ name }) => `field:${name}` === choice);
    if (field) current = await askField(context, prompts, client, current, field, pictures);
  }
}

function choices(fields: readonly FormField[], isChanged: boolean) {
  const done = { value: DONE, name: isChanged ? 'That is all' : 'Nothing' };
  const shown = fields.map(({ name, label, value }) => ({
    value: `field:${name}`,
    name: `${label}: ${value.length > SHOWN ? `${value.slice(0, SHOWN - 1)}…` : value || '(empty)'}`,
  }));
  const all = [...shown, { value: TEXT, name: 'The text below the fields, in your editor' }];
  return isChanged ? [done, ...all] : [...all, done];
}

async function askField(
  context: Context,
  prompts: Prompts,
  client: Client,
  opened: OpenedPage,
  field: FormField,
  pictures: NewPicture[],
): Promise<OpenedPage> {
  const { source, page } = opened;
  if (field.rule?.type === 'image') return askPicture(context, prompts, client, opened, field, pictures);
  const typed = await askValue(prompts, field, (answer) => checkTyped(source, page, client, field, answer));
  if (typed === field.value) return opened;
  return withSet(opened, client, [{ path: field.path, value: typed }]);
}

function askValue(
  prompts: Prompts,
  { label, value, rule }: FormField,
  check: (typed: string) => true | string,
) {
  if (rule?.type === 'boolean' || (!rule && /^(true|false)$/.test(value)))
    return prompts.select(label, [
      { value: 'true', name: 'Yes' },
      { value: 'false', name: 'No' },
    ]);
  if (rule?.type === 'choice' && rule.choices)
    return prompts.select(
      label,
      rule.choices.map((one) => ({ value: one })),
    );
  return prompts.text(label, { initial: value, editable: true, check });
}

/** A picture's file, and what it shows. An empty answer keeps the picture that is there. */
async function askPicture(
  context: Context,
  prompts: Prompts,
  client: Client,
  opened: OpenedPage,
  { label, path, value }: FormField,
  pictures: NewPicture[],
): Promise<OpenedPage> {
  const now = value ? `, now ${value}` : '';
  const question = `${label}: the file of the new picture (empty keeps it as it is${now})`;
  const edit = await pictureFrom(prompts, question, (file) =>
    pictureEdit(context, client, opened, { path, value: file }, pictures),
  );
  if (!edit) return opened;
  const words = await prompts.text(
    'What does it show, for those who cannot see it? (empty if it only decorates)',
  );
  if (edit.picture) pictures.push(edit.picture);
  return withSet(opened, client, [...edit.set, altOf(opened, path, words)]);
}

/** Asks until there is a picture that can be used, or none is wanted: what was answered before is not lost. */
async function pictureFrom(
  prompts: Prompts,
  question: string,
  prepare: (file: string) => Promise<PictureEdit>,
): Promise<PictureEdit | undefined> {
  for (let asked = question; ; ) {
    const file = (await prompts.text(asked)).trim().replace(/^(['"])(.*)\1$/, '$2');
    if (file === '') return undefined;
    try {
      return await prepare(file);
    } catch (error) {
      if (!isSecError(error)) throw error;
      asked = `${error.message} Another file (empty for none)`;
    }
  }
}

/** The page with the answers in it. */
function withSet(
  { source, page }: OpenedPage,
  client: Client,
  set: Parameters<typeof editPage>[3]['set'],
): OpenedPage {
  const text = editPage(source, page, client, { set });
  const changed = { ...source, text };
  const read = readPage(changed, { locales: client.config.locales, timezone: client.timezone });
  return { source: changed, page: 'foreign' in read ? page : read };
}
