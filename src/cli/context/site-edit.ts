import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type NewPicture, withPictures } from '../../adapters/sources/new-picture.ts';
import { isSecError } from '../../core/errors/index.ts';
import { type Work, warning } from '../../core/progress.ts';
import { readEditable } from '../../site/edit/edit-page.ts';
import { findPage, isFileNamed } from '../../site/edit/find-page.ts';
import type { Page } from '../../site/page/page.ts';
import type { TextSource } from '../../site/source/sources.ts';
import { type Client, contentFolder } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** A page as it was read for an edit. */
export interface OpenedPage {
  readonly source: TextSource;
  readonly page: Page;
}

/** A text that is to be written, and what it starts from. */
export interface PendingEdit {
  readonly source: TextSource;
  readonly text: string;
  /** Whether the page is new. */
  readonly isNew?: boolean;
  /** Whether the page is to be removed; there is no new text then. */
  readonly isGone?: boolean;
  /** The number of the edit that this one takes back. */
  readonly undoes?: number;
  /** Pictures that come with it. */
  readonly pictures?: readonly NewPicture[];
  /** Where the text lies that was written in the editor; removed once it is saved. */
  readonly copy?: string;
}

/**
 * The page that a word names; without one, the page that a person picks by title or path.
 *
 * @throws WORD_MISSING, PAGE_UNKNOWN, and what is wrong with the page itself
 */
export async function openPage(
  context: Context,
  client: Client,
  word: string | undefined,
): Promise<OpenedPage> {
  const sources = await contentOf(context, client);
  const named = word === undefined ? undefined : sources.find((source) => isFileNamed(source, word));
  const pages = sources
    .flatMap((source) => readIfPossible(source, client, source === named))
    .sort(byLanguage(client));
  const wanted = await context.word('page', word, () =>
    pages.map(({ path, title }) => ({ value: path, name: `${title}  (${path})` })),
  );
  const page = findPage(pages, wanted, client.name);
  const source = sources.find(({ path }) => path === page.path);
  if (!source) throw new TypeError('A page is read from a source.');
  return { source, page };
}

/**
 * Writes an edit: the texts before and after are kept, the file is replaced in one step, the edit is recorded.
 *
 * @throws EDIT_CONFLICT, PAGE_EXISTS; the file is as it was then
 */
export async function saveEdit(
  context: Context,
  client: Client,
  edit: PendingEdit,
  note: string,
): Promise<void> {
  const { source, text, isNew = false, isGone = false, undoes, pictures = [], copy } = edit;
  const { editHistory } = await import('../../adapters/sources/edit-history.ts');
  const { removePage, writePage } = await import('../../adapters/sources/page-file.ts');
  const history = editHistory(join(client.stateDir, 'history'));
  const from = isNew ? null : history.keep(source.text);
  const to = isGone ? null : history.keep(text);
  const location = join(contentFolder(client), source.path);
  withPictures(pictures, () => {
    if (isGone) removePage(location, source.sha256, source.file);
    else writePage(location, text, isNew ? undefined : source.sha256, source.file);
  });
  history.record({
    at: context.clock.now().toString({ smallestUnit: 'second' }),
    by: context.workspace().config.operator.name,
    path: source.path,
    from,
    to,
    note,
    ...(undoes === undefined ? {} : { undoes }),
  });
  if (copy !== undefined) rmSync(copy, { force: true });
}

/** Whether an edit does anything. */
export const isChange = ({ isNew, isGone, text, source }: PendingEdit) =>
  isNew === true || isGone === true || text !== source.text;

/** Runs work on a text that was written in the editor: whatever goes wrong, its author learns where it is. */
export async function* keepingCopy<R>(
  context: Context,
  { copy }: { readonly copy?: string },
  work: Work<R>,
): Work<R> {
  try {
    return yield* work;
  } catch (error) {
    if (copy !== undefined) yield keptWarning(context, copy);
    throw error;
  }
}

export const keptWarning = (context: Context, copy: string) =>
  warning(`What you wrote is kept in ${context.workspace().relative(copy)}`);

/**
 * Lets the user edit a page in their editor.
 *
 * @returns the new text, and where the copy lies
 * @throws EDITOR_FAILED
 */
export async function editPageInEditor(context: Context, client: Client, { path }: TextSource, text: string) {
  const { editInEditor } = await import('../../adapters/sources/editor.ts');
  const command = context.env.VISUAL || context.env.EDITOR || 'nano';
  const stamp = context.clock.now().toString({ smallestUnit: 'second' }).replace(/\D/g, '');
  return editInEditor(join(client.stateDir, 'edits'), { name: `${stamp}-${path}`, text, command });
}

/** All Markdown files of a client. @throws BUILD_FOREIGN, SYMLINK_REFUSED, FILE_NOT_TEXT */
async function contentOf(context: Context, client: Client): Promise<TextSource[]> {
  const { readText } = await import('../../adapters/sources/read-files.ts');
  const name = context.workspace().relative;
  return (await pageFiles(client, name)).map((file) => readText(file, name));
}

async function pageFiles(client: Client, name: (location: string) => string) {
  const dir = contentFolder(client);
  const { build } = client.config;
  if (typeof build === 'object' && 'content' in build) {
    const { contentFiles } = await import('../../adapters/generators/content-files.ts');
    return contentFiles(client.siteDir, build, name);
  }
  const { walk } = await import('../../adapters/sources/walk.ts');
  return walk(dir, name).filter(({ path }) => /\.md$/i.test(path));
}

/** A page, or none where it cannot be read: that is an error only for the page that is wanted. */
function readIfPossible(source: TextSource, client: Client, isWanted: boolean): Page[] {
  try {
    const page = readEditable(source, client);
    return page ? [page] : [];
  } catch (error) {
    if (isWanted || !isSecError(error)) throw error;
    return [];
  }
}

const byLanguage =
  ({ config }: Client) =>
  (a: Page, b: Page) =>
    config.locales.indexOf(a.lang) - config.locales.indexOf(b.lang) || (a.path < b.path ? -1 : 1);
