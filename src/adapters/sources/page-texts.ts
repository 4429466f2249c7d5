import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { type Digest, sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { frontDigest } from '../../site/source/read-front.ts';
import type { PageSource } from '../../site/source/sources.ts';
import { type NameOf, readText } from './read-files.ts';
import { bytesAt, type createTextMemory, type TextPlace, textAt } from './text-memory.ts';
import type { FoundFile } from './walk.ts';

/** Where a page's text is: in memory, or still in its file, which must be what it was. */
export type Whereabouts = { readonly place: TextPlace } | { readonly location: string };

/** A page whose text is made of its bytes when somebody asks, so that a site's texts need not all be in the heap. */
export type ReadPage = PageSource & { readonly whereabouts: Whereabouts };

/** A page as one thread tells another of it. */
export type ToldPage = Pick<PageSource, 'path' | 'file' | 'sha256' | 'front'> & {
  readonly text: string | Whereabouts;
};

/** One kind of object for all pages, however many there are: a getter of its own would make each a kind by itself. */
class PlacedPage implements ReadPage {
  readonly path: string;
  readonly file: string;
  readonly sha256: Digest;
  readonly front: Digest;
  readonly whereabouts: Whereabouts;

  constructor({ path, file, sha256, front }: Omit<PageSource, 'text'>, whereabouts: Whereabouts) {
    this.path = path;
    this.file = file;
    this.sha256 = sha256;
    this.front = front;
    this.whereabouts = whereabouts;
  }

  get text(): string {
    const { path, file, whereabouts } = this;
    if ('place' in whereabouts) return textAt(whereabouts.place);
    const read = readText({ path, location: whereabouts.location }, () => file);
    if (read.sha256 !== this.sha256) throw fail('SOURCE_CHANGED', { file });
    return read.text;
  }
}

/** @throws SOURCE_CHANGED from the text of one that is still in its file, where the file no longer has that content */
export const pageAt = (page: Omit<PageSource, 'text'>, whereabouts: Whereabouts): ReadPage =>
  new PlacedPage(page, whereabouts);

/** Reads a page. @throws FILE_NOT_TEXT */
export function readPageText(
  { path, location }: FoundFile,
  name: NameOf,
  texts: ReturnType<typeof createTextMemory>,
): { readonly page: ReadPage; readonly stat: Stats } {
  const { stat, place } = texts.read(location);
  const bytes = bytesAt(place);
  const file = name(location);
  if (!isUtf8(bytes)) throw fail('FILE_NOT_TEXT', { file });
  const own: Digest = sha256(bytes);
  return { stat, page: pageAt({ path, file, sha256: own, front: frontOf(bytes) }, { place }) };
}

/** What `frontDigest` says of the text that these bytes are; for most, no text need be made of them. */
function frontOf(bytes: Buffer): Digest {
  const fence = bytes.toString('latin1', 0, FENCE.length) === FENCE ? bytes.indexOf(`\n${FENCE}`) : -1;
  if (fence < 0) return frontDigest(bytes.toString());
  const end = bytes.indexOf('\n', fence + 1);
  return sha256(end < 0 ? bytes : bytes.subarray(0, end));
}

const FENCE = '---';

/** What another thread is to be told of a page. */
export function tellPage(source: PageSource): ToldPage {
  const { path, file, sha256, front } = source;
  return {
    path,
    file,
    sha256,
    front,
    text: 'whereabouts' in source ? (source as ReadPage).whereabouts : source.text,
  };
}

export const hearPage = ({ text, ...rest }: ToldPage): PageSource =>
  typeof text === 'string' ? { ...rest, text } : pageAt(rest, text);
