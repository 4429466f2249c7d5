import { convert } from 'html-to-text';
import type { BuiltPage } from '../built-page.ts';

/**
 * What a finished HTML file is to a person: its address, its title and its language.
 *
 * @param path in the release
 * @param head the beginning of the file, up to the end of its `<head>` at least
 * @param main the language of a page that does not say its own
 */
export function outlineOf(path: string, head: string, main: string): BuiltPage {
  const url = `/${path.replace(/(^|\/)index\.html?$/i, '$1')}`;
  const html = head.replace(/<!--[\s\S]*?-->/g, '');
  const [, title = ''] = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(html) ?? [];
  const [, lang = main] = /<html\s[^>]*?\blang\s*=\s*["']?([\w-]+)/i.exec(html) ?? [];
  return { path, url, title: plain(title) || url, lang };
}

/** The text of a bit of HTML on one line. */
function plain(html: string): string {
  const text = /[&<]/.test(html) ? convert(html, { wordwrap: false }) : html;
  return text.replace(/\s+/g, ' ').trim();
}

export const isHtml = (path: string) => /\.html?$/i.test(path);
