import { decode, outputPath } from '../page/address.ts';

/** Asks whether a file is in the bundle, by its path. */
export type Has = (path: string) => boolean;

const ORIGIN = 'http://site.invalid';
const TAG = /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<[a-z][^\s>/]*(?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const ATTRIBUTE = /(\s(?:href|src|srcset|poster|data|action|content|style)\s*=\s*)("[^"]*"|'[^']*')/gi;

/**
 * A page whose links into its own site lead to files beside it, so that it works in any folder and opened from
 * the disk: `/contact/` on the home page becomes `contact/index.html`. Links elsewhere stay as they are.
 *
 * @param path of the page in the bundle
 */
export function relativeLinks(html: string, path: string, has: Has): string {
  return html.replace(TAG, (tag) => {
    if (tag.startsWith('<!--')) return tag;
    const end = /^<(?:script|style)/i.test(tag) ? tag.indexOf('>') + 1 : tag.length;
    const inside = /^<style/i.test(tag) ? relativeStyle(tag.slice(end), path, has) : tag.slice(end);
    return (
      tag.slice(0, end).replace(ATTRIBUTE, (_, name: string, quoted: string) => {
        const quote = quoted.charAt(0);
        return (
          name + quote + attributeValue(name.trim().toLowerCase(), quoted.slice(1, -1), path, has) + quote
        );
      }) + inside
    );
  });
}

/** A stylesheet whose pictures and fonts are named from where it lies. */
export function relativeStyle(css: string, path: string, has: Has): string {
  return css.replace(
    /url\(\s*(["']?)([^"')]+)\1\s*\)/gi,
    (_, quote: string, link: string) => `url(${quote}${relativeLink(link, path, has)}${quote})`,
  );
}

function attributeValue(name: string, value: string, path: string, has: Has): string {
  const link = (text: string) => relativeLink(text, path, has);
  if (name.startsWith('srcset'))
    return value.replace(
      /([^\s,]\S*[^\s,])(\s+[\d.]+[wx])?/g,
      (_, url: string, size = '') => link(url) + size,
    );
  if (name.startsWith('style')) return relativeStyle(value, path, has);
  if (name.startsWith('content'))
    return value.replace(/^(\d+;\s*url=)(.*)$/i, (_, wait: string, url: string) => wait + link(url));
  return link(value);
}

function relativeLink(written: string, from: string, has: Has): string {
  const text = written.replaceAll('&amp;', '&');
  if (text === '' || /^(#|[a-z][a-z0-9+.-]*:|\/\/)/i.test(text)) return written;
  let url: URL;
  try {
    url = new URL(text, `${ORIGIN}/${encodeURI(from)}`);
  } catch {
    return written;
  }
  const asked = decode(url.pathname);
  const target = [outputPath(asked), outputPath(`${asked}/`)].find(has);
  if (target === undefined) return written;
  return encodeURI(steps(from, target)) + url.hash;
}

/** `../img/a.png`: the way from one file of a folder to another. */
function steps(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}
