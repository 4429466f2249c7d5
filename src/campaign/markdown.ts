import MarkdownIt from 'markdown-it';
import { isLocal, type Pictures, sizeIn, sourceOf } from './picture.ts';

/** CommonMark with tables and strikethrough, as on the site. HTML in a brief is shown as it is written. */
function parser() {
  const md = new MarkdownIt({ html: false, linkify: true }).enable(['table', 'strikethrough']);
  // Only what is written as an address is one: "plkst.io" and "SIA.lv" stay words.
  md.linkify.set({ fuzzyLink: false });
  md.renderer.rules.table_open = () => '<table class="data">\n';
  return md;
}

/**
 * A brief's text as the HTML of a mail. Pictures of the campaign's folder get their width and height:
 * Outlook needs the one, and with both nothing jumps while they load.
 *
 * @param widest pixels that the template has room for
 */
export function renderMarkdown(markdown: string, pictures: Pictures, widest: number): string {
  const md = parser();
  const image = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, n, options, env, self) => {
    const token = tokens[n];
    const picture = token && pictures.get(decodeURI(String(token.attrGet('src'))));
    if (picture) {
      const { width, height } = sizeIn(picture, widest);
      token.attrSet('src', sourceOf(picture));
      token.attrSet('width', String(width));
      token.attrSet('height', String(height));
    }
    return image?.(tokens, n, options, env, self) ?? '';
  };
  return md.render(markdown);
}

/** A link or picture of a brief, and the line of the text (from 1) that its paragraph begins on. */
export interface Reference {
  readonly kind: 'link' | 'image';
  readonly target: string;
  /** What a picture shows, or what a link says. */
  readonly words: string;
  readonly line: number;
}

/** All links and pictures of a brief's text, in order. */
export function references(markdown: string): Reference[] {
  const found: Reference[] = [];
  for (const block of parser().parse(markdown, {})) {
    const line = (block.map?.[0] ?? 0) + 1;
    for (const [n, token] of (block.children ?? []).entries()) {
      if (token.type === 'image')
        found.push({
          kind: 'image',
          target: decodeURI(String(token.attrGet('src') ?? '')),
          words: token.content,
          line,
        });
      if (token.type === 'link_open')
        found.push({
          kind: 'link',
          target: String(token.attrGet('href') ?? ''),
          words: wordsOf(block.children ?? [], n),
          line,
        });
    }
  }
  return found;
}

/** Pictures of the campaign's own folder that a text shows. */
export const localPictures = (markdown: string): Reference[] =>
  references(markdown).filter(({ kind, target }) => kind === 'image' && isLocal(target));

function wordsOf(tokens: readonly { type: string; content: string }[], from: number): string {
  const end = tokens.findIndex(({ type }, n) => n > from && type === 'link_close');
  return tokens
    .slice(from + 1, end)
    .map(({ content }) => content)
    .join('');
}
