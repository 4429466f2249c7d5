import type { Problem } from '../../core/problem.ts';
import type { Brief } from '../brief/brief.ts';
import { references } from '../markdown.ts';
import { fillSlots, type Message } from '../message.ts';
import { asWarning, at, inBody } from './rules.ts';

/** An address that a mail links to, or shows a picture from, and where a person can mend it. */
export interface PlacedLink {
  readonly url: string;
  readonly place: { readonly file: string; readonly line?: number };
}

/** The links and pictures of a mail that are the same for everybody, each once. */
export function placedLinks(brief: Brief, message: Message): PlacedLink[] {
  const mark = '\u00ab';
  const html = fillSlots(message.html, Object.fromEntries(message.fields.map((name) => [name, mark])));
  const found = new Set(
    [...html.matchAll(/\b(?:href|src)="(https?:\/\/[^"]+)"/g)].map(([, url = '']) => plain(url)),
  );
  return [...found]
    .filter((url) => !url.includes(mark) && URL.canParse(url))
    .map((url) => ({ url, place: placeOf(brief, url) }));
}

function placeOf(brief: Brief, url: string): PlacedLink['place'] {
  const inText = references(brief.body).find(({ target }) => target === url);
  if (inText) return inBody(brief, inText.line);
  const field = pathOf(brief.fields, url);
  return at(brief, ...(field ?? ['template']));
}

function pathOf(value: unknown, wanted: string): (string | number)[] | undefined {
  if (value === wanted) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = pathOf(inner, wanted);
    if (path) return [Array.isArray(value) ? Number(key) : key, ...path];
  }
  return undefined;
}

/** A client's site, as far as it is known here. */
export interface OwnSite {
  readonly client: string;
  readonly url: string;
  /** The paths of its last published release; undefined where nothing was published from here. */
  readonly published: ReadonlySet<string> | undefined;
  /** Whether an address is one that sec puts on the site for the campaign. */
  isMade(url: string): boolean;
}

/** Links into the client's own site that lead nowhere there yet: a mail is read minutes after it was sent. */
export function ownLinks(links: readonly PlacedLink[], site: OwnSite): Problem[] {
  const { client, published } = site;
  const isMissing = (url: string) => {
    const path = pathOn(site.url, url);
    if (path === undefined) return false;
    return published ? !isPublished(path, published) : site.isMade(url);
  };
  const missing = links.filter(({ url }) => isMissing(url));
  const made = missing.filter(({ url }) => site.isMade(url));
  const others = missing.filter(({ url }) => !site.isMade(url));
  return [
    ...others.map(({ url, place }) =>
      asWarning({
        ...place,
        rule: 'not-published',
        message: `The mail leads to ${url}, which is not on the site as it was last published.`,
        fix: `Correct the address, or publish the site before the mail goes out: sec site publish ${client}`,
      }),
    ),
    ...made.slice(0, 1).map(({ url, place }) =>
      asWarning({
        ...place,
        rule: 'not-published',
        message: `The mail leads to ${made.length === 1 ? '' : `${made.length} addresses of this campaign, such as `}${url}, and the site as it was last published does not have ${made.length === 1 ? 'it' : 'them'}.`,
        fix: `Publish the site before the mail goes out: sec site publish ${client}`,
      }),
    ),
  ];
}

/** Whether an address is on the client's own site. */
export const isOwn = (siteUrl: string, url: string): boolean => pathOn(siteUrl, url) !== undefined;

/** The path below the client's site; undefined for an address elsewhere. */
function pathOn(siteUrl: string, url: string): string | undefined {
  const base = siteUrl.replace(/\/*$/, '/');
  const bare = url.replace(/[?#].*$/, '');
  if (`${bare}/` === base) return '';
  return bare.startsWith(base) ? decode(bare.slice(base.length)) : undefined;
}

const isPublished = (path: string, files: ReadonlySet<string>) =>
  [path, `${path}index.html`, `${path}/index.html`, `${path}.html`].some((file) => files.has(file));

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const plain = (html: string) => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
