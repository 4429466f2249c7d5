import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { NewPicture } from '../../adapters/sources/new-picture.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { fieldName } from '../../core/yaml.ts';
import { type Assignment, parseAssignment } from '../../site/edit/field-path.ts';
import { pictureFields, picturePlace } from '../../site/edit/picture-place.ts';
import type { Client } from '../../workspace/index.ts';
import { answer } from '../answer.ts';
import type { Context } from './context.ts';
import type { OpenedPage } from './site-edit.ts';

/** A picture made ready, and what the page's fields are to say of it. */
export interface PictureEdit {
  readonly set: readonly Assignment[];
  /** Absent where the same picture is there already. */
  readonly picture?: NewPicture;
}

/**
 * Makes the pictures ready that `--image field=FILE` names. What each shows is asked for where `--alt field=TEXT`
 * does not say it; an empty text is for a picture that only decorates.
 *
 * @throws SET_INVALID, IMAGE_UNUSABLE, FLAG_MISSING for words that are missing, FLAG_INVALID for words without a picture
 */
export async function picturesOf(
  context: Context,
  client: Client,
  opened: OpenedPage,
  {
    image = [],
    alt = [],
  }: { readonly image?: readonly string[] | undefined; readonly alt?: readonly string[] | undefined },
): Promise<PictureEdit[]> {
  const words = new Map(alt.map(parseAssignment).map(({ path, value }) => [fieldName(path), value]));
  const wanted = image.map(parseAssignment);
  for (const field of words.keys())
    if (!wanted.some(({ path }) => fieldName(path) === field))
      throw fail('FLAG_INVALID', {
        flag: 'alt',
        problem: `there is no --image ${field}=FILE that these words are for.`,
      });
  const edits: PictureEdit[] = [];
  for (const { path, value } of wanted) {
    const field = fieldName(path);
    const planned = edits.flatMap(({ picture }) => picture ?? []);
    const prepared = await pictureEdit(context, client, opened, { path, value }, planned);
    const text = await answer(context, {
      flag: 'alt',
      given: words.get(field),
      question: `What does the picture ${basename(value)} show, for those who cannot see it`,
    });
    edits.push({ ...prepared, set: [...prepared.set, altOf(opened, path, text)] });
  }
  return edits;
}

/**
 * A picture for one field, without its words.
 *
 * @param planned pictures of the same edit, whose names are taken
 * @throws IMAGE_UNUSABLE, the system's error
 */
export async function pictureEdit(
  { cwd }: Context,
  client: Client,
  { page }: OpenedPage,
  { path, value }: Assignment,
  planned: readonly NewPicture[],
): Promise<PictureEdit> {
  const { preparePicture } = await import('../../adapters/sources/prepare-picture.ts');
  const scratch = join(client.stateDir, 'edits', 'pictures');
  const { location, ending, width, height, ...file } = await preparePicture(resolve(cwd, value), {
    name: value,
    scratch,
  });
  for (let number = 1; ; number++) {
    const place = picturePlace(page, basename(value), ending, number);
    const target = join(client.siteDir, place.folder, place.path);
    const set = [{ path: pictureFields(page, path).src, value: place.value }];
    const there = planned.find((picture) => picture.target === target)?.source.sha256 ?? hashOf(target);
    if (there === undefined) {
      const name = `sites/${client.name}/${place.folder}/${place.path}`;
      const source = { path: place.path, file: name, location, dimensions: { width, height }, ...file };
      return { set, picture: { folder: place.folder, source, target } };
    }
    if (there === file.sha256) return { set };
  }
}

const hashOf = (path: string) => (existsSync(path) ? sha256(readFileSync(path)) : undefined);

/** The words of a picture, where they belong in the fields. */
export const altOf = ({ page }: OpenedPage, path: Assignment['path'], text: string): Assignment => ({
  path: pictureFields(page, path).alt,
  value: text.trim(),
});
