import type { PictureSet } from '../pictures/variants.ts';
import type { Dimensions } from '../source/sources.ts';
import { lateSizes, pictureHtml, TEXT_SIZES } from './picture-html.ts';

/** What is known of the pictures that HTML names. */
export interface PictureFinder {
  /** The address for what stands in `src`. */
  link(written: string): string;
  picture(address: string): Dimensions | PictureSet | undefined;
}

/** An attribute: its name, and its value with or without quotes. */
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
const END = /\s*\/?>/y;
/** In these, `<img` is no element. */
const RAW = /<(script|style|textarea)\b/iy;

/**
 * Gives the local pictures of raw HTML what those of Markdown have: their address, their size, other sizes and
 * formats to choose from, and that they are loaded when they are seen. What the author wrote stays: a size, `srcset`,
 * `loading`, and a `picture` around it. One finisher reads the pieces of a text in their order, since a `picture` may
 * begin in one and end in another.
 */
export function pictureFinisher(): (html: string, finder: PictureFinder) => string {
  let isInPicture = false;
  return (html, finder) => {
    let made = '';
    let from = 0;
    for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
      const end = endOfUnread(html, at);
      if (end < 0) break;
      if (end > at) {
        at = end - 1;
        continue;
      }
      const name = /^<(\/?picture|img)\b/i.exec(html.slice(at, at + '</picture '.length))?.[1]?.toLowerCase();
      if (name === 'picture' || name === '/picture') isInPicture = name === 'picture';
      const tag = name === 'img' ? readTag(html, at) : undefined;
      if (!tag) continue;
      made += html.slice(from, at) + finished(tag, { finder, isInPicture });
      from = tag.end;
      at = tag.end - 1;
    }
    return made + html.slice(from);
  };
}

/** Behind a comment or a script that begins here; the same place where none does, -1 where it has no end. */
function endOfUnread(html: string, at: number): number {
  if (html.startsWith('<!--', at)) {
    const end = html.indexOf('-->', at);
    return end < 0 ? -1 : end + '-->'.length;
  }
  RAW.lastIndex = at;
  const name = RAW.exec(html)?.[1];
  if (name === undefined) return at;
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = at;
  return closing.exec(html) ? closing.lastIndex : -1;
}

interface Tag {
  /** As they were written, in their order. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly end: number;
}

function readTag(html: string, at: number): Tag | undefined {
  const attributes = new Map<string, string>();
  let end = at + '<img'.length;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const found = ATTRIBUTE.exec(html);
    if (!found) break;
    const [, name = '', ...values] = found;
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, values.find((value) => value !== undefined) ?? '');
    end = ATTRIBUTE.lastIndex;
  }
  END.lastIndex = end;
  if (!END.test(html)) return undefined;
  return { attributes, text: html.slice(at, END.lastIndex), end: END.lastIndex };
}

function finished(
  { attributes, text }: Tag,
  { finder, isInPicture }: { finder: PictureFinder; isInPicture: boolean },
): string {
  const written = attributes.get('src') ?? '';
  // What is written with entities or is not here at all is left as it is.
  if (written === '' || /[&\s]/.test(written)) return text;
  const src = finder.link(written);
  const known = finder.picture(src);
  if (!known) return src === written ? text : imgOf(new Map([...attributes, ['src', src]]));
  const own = new Map([...attributes, ['src', src], ...missingSizes(attributes, known)]);
  if (!own.has('loading')) own.set('loading', 'lazy');
  if (!('sources' in known) || isInPicture || attributes.has('srcset')) return imgOf(own);
  own.set('src', known.fallback);
  if (!own.has('decoding')) own.set('decoding', 'async');
  return pictureHtml(known, imgOf(own), lateSizes(shownAt(attributes), own.get('loading')));
}

/** The size of the picture; of the size that its author wrote, the half that is missing. */
function missingSizes(
  attributes: ReadonlyMap<string, string>,
  { width, height }: Dimensions,
): [string, string][] {
  const [wide, high] = [attributes.get('width'), attributes.get('height')];
  if (wide === undefined && high === undefined)
    return [
      ['width', `${width}`],
      ['height', `${height}`],
    ];
  if (high === undefined && isPixels(wide)) return [['height', `${scaled(Number(wide), height / width)}`]];
  if (wide === undefined && isPixels(high)) return [['width', `${scaled(Number(high), width / height)}`]];
  return [];
}

function shownAt(attributes: ReadonlyMap<string, string>): string {
  const sizes = attributes.get('sizes');
  const wide = attributes.get('width');
  return sizes ?? (isPixels(wide) ? `min(${wide}px, 100vw)` : TEXT_SIZES);
}

const isPixels = (value: string | undefined): value is string =>
  value !== undefined && /^[1-9]\d{0,4}$/.test(value);
const scaled = (length: number, by: number) => Math.max(1, Math.round(length * by));

/** Values keep the entities that they were written with. */
const imgOf = (attributes: ReadonlyMap<string, string>): string =>
  `<img${Array.from(attributes, ([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`).join('')}>`;
