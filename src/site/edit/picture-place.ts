import { slugify } from '../../core/slug.ts';
import type { Page } from '../page/page.ts';
import { isObject, type Plain } from '../source/plain.ts';
import type { ValuePath } from './field-path.ts';

/** Where a new picture of a page belongs, and what the page calls it. */
export interface PicturePlace {
  readonly folder: 'content' | 'static';
  /** Below `folder`. */
  readonly path: string;
  /** What the page's field says. */
  readonly value: string;
}

/**
 * A page with a folder of its own keeps its pictures there; those of other pages lie in `static/img`.
 *
 * @param fileName what the picture was called; letters that make trouble in an address are taken out
 * @param number from 2 for a further picture of one name
 */
export function picturePlace(page: Page, fileName: string, ending: string, number = 1): PicturePlace {
  const stem = slugify(fileName.replace(/\.[^.]*$/, '')) || 'picture';
  const name = `${stem}${number > 1 ? `-${number}` : ''}${ending}`;
  const hasFolder = page.folder !== '' && /(^|\/)_?index(\.[\w-]+)?\.md$/.test(page.path);
  if (hasFolder) return { folder: 'content', path: `${page.folder}/${name}`, value: name };
  return { folder: 'static', path: `img/${name}`, value: `/img/${name}` };
}

/** Where a picture's address and its words stand in the fields, for a field that names a picture. */
export interface PictureFields {
  readonly src: ValuePath;
  readonly alt: ValuePath;
}

/**
 * A picture is `{src, alt}`, or a text with its words beside it: `imageAlt` (or `image_alt`) at the top, `alt`
 * inside a group.
 */
export function pictureFields({ data }: Page, path: ValuePath): PictureFields {
  const value = valueAt(data, path);
  if (isObject(value)) return { src: [...path, 'src'], alt: [...path, 'alt'] };
  const parent = path.slice(0, -1);
  if (parent.length > 0) return { src: path, alt: [...parent, 'alt'] };
  const name = String(path[0]);
  const snake = `${name}_alt`;
  return { src: path, alt: [snake in data || name.includes('_') ? snake : `${name}Alt`] };
}

/** The value at a path of the fields; undefined where there is none. */
export function valueAt(data: Plain, path: ValuePath): Plain {
  return path.reduce<Plain>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? (inside as never)[key] : undefined),
    data,
  );
}
