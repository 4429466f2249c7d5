import { fail, type Place } from '../../core/errors/index.ts';

/**
 * An address on the site (`/post/tea/`, `/old.html`), or a refusal: nothing may lead out of the site or hide
 * what it is. Addresses begin with a slash; one without a file ending ends with a slash too.
 *
 * @param place asked only for the error: finding a field's line takes longer than reading the page
 * @throws ADDRESS_UNSAFE
 */
export function siteAddress(written: string, place: () => Place): string {
  if (PLAIN.test(written)) return written;
  const path = `/${written.trim()}`.replace(/\/{2,}/g, '/');
  const parts = path.split('/').filter(Boolean);
  if (parts.some((part) => !isSafeName(decode(part))) || /[?#]/.test(path))
    throw fail('ADDRESS_UNSAFE', { ...place(), address: written });
  const last = parts.at(-1) ?? '';
  const isFile = /\.[a-z0-9]{2,5}$/i.test(last);
  return path.endsWith('/') || isFile ? path : `${path}/`;
}

/** An address as most pages have it, with nothing to refuse and nothing to add. */
const PLAIN = /^(?:\/(?!(?:con|prn|aux|nul|com\d|lpt\d)\/)[\w-]+)+\/$/i;

/** One part of an address. @throws ADDRESS_UNSAFE */
export function slugPart(written: string, place: () => Place): string {
  if (!isSafeName(decode(written)) || /[/?#]/.test(written))
    throw fail('ADDRESS_UNSAFE', { ...place(), address: written });
  return written;
}

/** The file that a web server gives for an address: `/post/` is `post/index.html`. */
export function outputPath(address: string): string {
  const path = address.slice(1);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** Whether a name may stand between two slashes: no way up, no separators, no control characters, no Windows device. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    !/^\.{1,2}$/.test(name) &&
    !/[\\/\p{Cc}\p{Cf}]/u.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)
  );
}

/** Follows a relative path from a folder, both below one root; undefined where it leads out. */
export function follow(folder: string, path: string): string | undefined {
  const parts = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Percent-decoded, as a web server would; a text that cannot be decoded stays. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address as it stands in HTML: every part percent-encoded where it must be. */
export const encodeAddress = (address: string) => encodeURI(decode(address));

/** Whether a browser would run an address instead of opening it; it passes over blanks and control characters. */
export const runsCode = (address: string): boolean =>
  /^(javascript:|vbscript:|data:(?!image\/(png|jpe?g|gif|webp|avif)[;,]))/i.test(
    address.replace(/[\p{Cc}\p{Z}]/gu, ''),
  );
