import { OWN_FIELDS } from '../page/own-fields.ts';
import { isObject, type Plain, plainObject } from '../source/plain.ts';

/**
 * A part of a page that is written as fields instead of Markdown, in one form whatever its author called them:
 * themes of many makes keep a page's meaning there. Texts are Markdown; what is absent is empty.
 */
export interface Section {
  readonly [name: string]: unknown;
  readonly name: string;
  readonly heading: string;
  readonly text: string;
  readonly image: string;
  readonly alt: string;
  readonly url: string;
  /** Who is quoted. */
  readonly cite: string;
  readonly points: readonly string[];
  readonly images: readonly { readonly src: string; readonly alt: string }[];
  readonly items: readonly Section[];
  /** Short further values, such as a price. */
  readonly details: readonly { readonly name: string; readonly value: string }[];
}

const headings = ['heading', 'title', 'name', 'plan', 'question', 'label'];
const texts = ['text', 'description', 'quote', 'answer', 'body', 'blurb', 'content', 'summary'];
const pictures = ['image', 'imageUrl', 'image_url', 'img', 'photo', 'picture', 'icon', 'src'];
const links = ['url', 'link', 'href'];
const people = ['author', 'cite', 'by'];
const PICTURE = /\.(jpe?g|png|gif|svg|webp|avif)$/i;
/** Deeper than any page is meant; what lies below is left out. */
const DEPTH = 5;

/** Fields that have a meaning of their own and are never a section. */
const known = new Set([
  ...OWN_FIELDS,
  'categories',
  'keywords',
  'params',
  'cascade',
  'resources',
  'outputs',
  'sitemap',
  'logo',
  'author',
  'alt',
]);

/** The sections of a page's own fields, in the order in which they are written. */
export function sectionsOf(
  data: Readonly<Record<string, Plain>>,
  address: (path: string) => string,
): Section[] {
  return Object.entries(data)
    .filter(([name, value]) => !known.has(name) && typeof value === 'object' && value !== null)
    .map(([name, value]) => toSection(name, value, address, 0))
    .filter(isFilled);
}

function toSection(name: string, value: Plain, address: (path: string) => string, depth: number): Section {
  const items: Section[] = [];
  const points: string[] = [];
  const images: { src: string; alt: string }[] = [];
  const details: { name: string; value: string }[] = [];
  const fields = isObject(value) ? (value as Record<string, Plain>) : {};
  const used = new Set<string>();
  const first = (names: readonly string[]): string => {
    const found = names.find((key) => isText(fields[key]) && !used.has(key));
    if (found) used.add(found);
    return found ? String(fields[found]).trim() : '';
  };
  const src = first(pictures.filter((key) => isPicture(fields[key])));
  const made = {
    heading: first(headings),
    text: first(texts),
    alt: first(['alt']),
    url: first(links),
    cite: first(people),
  };
  const takeList = (key: string, list: readonly Plain[]) => {
    for (const item of list) {
      if (isText(item)) points.push(String(item));
      else if (isObject(item) && depth < DEPTH) items.push(toSection(key, item as Plain, address, depth + 1));
    }
  };
  if (Array.isArray(value)) takeList(name, value);
  for (const [key, field] of Object.entries(fields)) {
    if (used.has(key)) continue;
    if (Array.isArray(field)) takeList(key, field);
    else if (isText(field) && isPicture(field)) images.push({ src: address(String(field)), alt: '' });
    else if (isText(field)) details.push({ name: key, value: String(field) });
    else if (isObject(field)) takeMapping(key, field as Record<string, Plain>);
  }
  function takeMapping(key: string, field: Record<string, Plain>): void {
    if (depth >= DEPTH) return;
    const nested = toSection(key, field, address, depth + 1);
    const isOnlyPicture =
      nested.image !== '' && nested.heading === '' && nested.text === '' && nested.items.length === 0;
    if (isOnlyPicture) images.push({ src: nested.image, alt: nested.alt });
    else if (isFilled(nested)) items.push(nested);
  }
  return Object.assign(plainObject<unknown>([]), {
    name,
    ...made,
    image: src ? address(src) : '',
    points,
    images: images.map((image) => Object.assign(plainObject<string>([]), image)),
    items: items.filter(isFilled),
    details: details.map((detail) => Object.assign(plainObject<string>([]), detail)),
  });
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number';
const isPicture = (value: unknown) => typeof value === 'string' && PICTURE.test(value);
const isFilled = ({ heading, text, image, points, images, items }: Section) =>
  [heading, text, image].some((part) => part !== '') || points.length + images.length + items.length > 0;
