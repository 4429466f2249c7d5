import { Parser } from 'htmlparser2';
import type { HtmlHeading, HtmlImage, HtmlLink, HtmlPage, HtmlStyle } from './html-page.ts';

type Attributes = Readonly<Record<string, string>>;

/** Elements whose text is no text of the page. */
const SILENT = new Set(['script', 'style', 'template', 'code', 'pre', 'kbd', 'samp', 'title', 'svg']);

/** Reads a page; whatever is wrong with its HTML is for others to say. */
export function readHtml(html: string): HtmlPage {
  const links: HtmlLink[] = [];
  const images: HtmlImage[] = [];
  const headings: { level: number; text: string }[] = [];
  const ids = new Set<string>();
  const texts: string[] = [];
  const styles: HtmlStyle[] = [];
  const head: { lang?: string; title?: string; description?: string; robots?: string; refresh?: boolean } =
    {};
  const open: string[] = [];
  let heading: { level: number; text: string } | undefined;
  let silent = 0;
  let inPicture: string[] | undefined;

  const read = (tag: string, at: Attributes) => {
    if (at.id) ids.add(at.id);
    if (tag === 'a' && at.name) ids.add(at.name);
    if (at.style !== undefined) styles.push({ css: at.style, isInline: true });
    if (tag === 'html' && at.lang !== undefined) head.lang = at.lang;
    if (tag === 'meta') readMeta(at, head);
    links.push(...linksOf(tag, at));
    if (tag === 'picture') inPicture = [];
    if (tag === 'source' && inPicture?.length === 0) inPicture = candidates(at.srcset ?? '');
    images.push(...imagesOf(tag, at, inPicture));
    for (const words of [at.alt, at.title, at['aria-label']]) if (words) texts.push(words);
    if (/^h[1-6]$/.test(tag)) {
      heading = { level: Number(tag[1]), text: '' };
      headings.push(heading);
    }
  };
  const parser = new Parser({
    onopentag(tag, attributes) {
      open.push(tag);
      if (SILENT.has(tag)) silent++;
      read(tag, attributes);
    },
    ontext(text) {
      const tag = open.at(-1);
      if (tag === 'title' && !open.includes('svg')) head.title = (head.title ?? '') + text;
      if (tag === 'style') styles.push({ css: text, isInline: false });
      if (heading) heading.text += text;
      if (silent === 0 && text.trim() !== '') texts.push(text);
    },
    onclosetag(tag) {
      open.pop();
      if (SILENT.has(tag)) silent--;
      if (tag === 'picture') inPicture = undefined;
      if (/^h[1-6]$/.test(tag)) heading = undefined;
    },
  });
  parser.end(html);
  return {
    lang: head.lang,
    title: head.title === undefined ? undefined : oneLine(head.title),
    description: head.description === undefined ? undefined : oneLine(head.description),
    isHidden: /noindex/i.test(head.robots ?? ''),
    isRedirect: head.refresh === true,
    links,
    images,
    headings: headings.map(({ level, text }): HtmlHeading => ({ level, text: oneLine(text) })),
    ids,
    texts: head.description ? [...texts, head.description] : texts,
    styles,
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function readMeta(at: Attributes, head: { description?: string; robots?: string; refresh?: boolean }): void {
  const name = at.name?.toLowerCase();
  if (name === 'description') head.description = at.content ?? '';
  if (name === 'robots') head.robots = at.content ?? '';
  if (at['http-equiv']?.toLowerCase() === 'refresh' && /url=/i.test(at.content ?? '')) head.refresh = true;
}

function linksOf(tag: string, at: Attributes): HtmlLink[] {
  if (tag === 'a' || tag === 'area')
    return at.href === undefined ? [] : [{ href: at.href, tag, isFollowed: true }];
  if (tag === 'link') {
    if (!at.href || /preconnect|dns-prefetch/i.test(at.rel ?? '')) return [];
    return [{ href: at.href, tag, isFollowed: false }];
  }
  if (tag === 'form' && at.action) return [{ href: at.action, tag, isFollowed: false }];
  const loads = ['script', 'iframe', 'video', 'audio', 'track', 'embed'].includes(tag) ? at.src : undefined;
  return loads ? [{ href: loads, tag, isFollowed: false }] : [];
}

/** @param inPicture addresses of the first source of the picture element around it, if there is one */
function imagesOf(tag: string, at: Attributes, inPicture: readonly string[] = []): HtmlImage[] {
  const found: HtmlImage[] = [];
  const own = candidates(at.srcset ?? '');
  if (tag === 'img') {
    const src = at.src ?? '';
    const served = inPicture.length > 0 ? inPicture : [src, ...own];
    found.push({ src, alt: at.alt, needsAlt: !isDecoration(at), served });
  }
  const poster = tag === 'video' ? at.poster : undefined;
  if (poster) found.push({ src: poster, alt: '', needsAlt: false, served: [poster] });
  if (tag === 'source' && at.src) found.push({ src: at.src, alt: '', needsAlt: false, served: [at.src] });
  if (tag === 'img' || tag === 'source')
    for (const src of own) found.push({ src, alt: '', needsAlt: false, served: [] });
  return found;
}

const isDecoration = (at: Attributes) =>
  at['aria-hidden'] === 'true' || at.role === 'presentation' || at.role === 'none';

/** The addresses of a srcset. */
const candidates = (srcset: string): string[] =>
  srcset
    .split(/,\s+|,(?=\/)/)
    .map((candidate) => candidate.trim().split(/\s+/)[0] ?? '')
    .filter(Boolean);
