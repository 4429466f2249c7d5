import type { Attachment } from './message.ts';

/** A picture of a campaign's folder. It goes with the mail and is shown by `cid:`, or lies on the client's site. */
export interface Picture extends Attachment {
  readonly cid: string;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Where it lies on the client's site, for one that does not go with the mail. */
  readonly url?: string;
}

/** By the address that the brief writes: `images/cake.jpg`. */
export type Pictures = ReadonlyMap<string, Picture>;

/** Whether a picture lies in the campaign's folder; the others stay on the web, where they are. */
export const isLocal = (src: string) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(src);

/** What a mail writes as a picture's source. */
export const sourceOf = ({ url, cid }: Picture): string => url ?? `cid:${cid}`;

/** Width and height in pixels for room that is `widest` pixels wide: mail programs keep the place free with them. */
export function sizeIn({ width, height }: Picture, widest: number): { width: number; height: number } {
  const shown = Math.min(width, widest);
  return { width: shown, height: Math.max(1, Math.round((height * shown) / width)) };
}

/**
 * Says the height of each picture that MJML left to the mail program, by the width that it gave it: the place is
 * kept free while the picture loads, and the style that makes it narrower on a phone still counts.
 */
export function withHeights(html: string, pictures: Iterable<Picture>): string {
  const bySource = new Map([...pictures].map((picture) => [sourceOf(picture), picture]));
  return html.replace(/<img\b[^>]*>/g, (tag) => {
    const picture = bySource.get(/\bsrc="([^"]*)"/.exec(tag)?.[1] ?? '');
    const width = Number(/\bwidth="(\d+)"/.exec(tag)?.[1]);
    if (!picture || !width) return tag;
    return tag.replace(' height="auto"', ` height="${sizeIn(picture, width).height}"`);
  });
}
