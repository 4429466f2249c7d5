import type { MarkdownIt } from 'markdown-it';
import type { PictureSet } from '../pictures/variants.ts';
import { type PictureFinder, pictureFinisher } from './html-pictures.ts';
import { envOf } from './markdown-env.ts';
import { lateSizes, pictureHtml, TEXT_SIZES } from './picture-html.ts';

/** Turns what an author wrote (`../contact.md#map`, `photo.jpg`) into addresses, and gives pictures their size. */
export function rewriteLinks(md: MarkdownIt): void {
  md.core.ruler.push('links', (state) => {
    const env = envOf(state);
    const finish = pictureFinisher();
    const finderAt = (line: number): PictureFinder => ({
      link: (written) => {
        const address = env.link(written, line);
        return md.validateLink(address) ? address : written;
      },
      picture: (address) => env.picture(address),
    });
    for (const block of state.tokens) {
      const line = (block.map?.[0] ?? 0) + 1;
      if (block.type === 'html_block') block.content = finish(block.content, finderAt(line));
      for (const token of block.children ?? []) {
        if (token.type === 'html_inline') token.content = finish(token.content, finderAt(line));
        const href = token.type === 'link_open' ? token.attrGet('href') : undefined;
        if (href) token.attrSet('href', checked(md, env.link(String(href), line)));
        const src = token.type === 'image' ? token.attrGet('src') : undefined;
        if (!src) continue;
        const address = env.link(String(src), line);
        token.attrSet('src', checked(md, address));
        const size = env.picture(address);
        if (size && token.attrIndex('width') < 0) {
          token.attrSet('width', String(size.width));
          token.attrSet('height', String(size.height));
        }
        if (token.attrIndex('loading') < 0) token.attrSet('loading', 'lazy');
        if (!size || !('sources' in size)) continue;
        token.attrSet('src', size.fallback);
        token.attrSet('decoding', 'async');
        token.meta = { set: size } satisfies PictureMeta;
      }
    }
  });
  const plain = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, n, options, env, self) => {
    const img = plain?.(tokens, n, options, env, self) ?? self.renderToken(tokens, n, options);
    const token = tokens[n];
    const set = (token?.meta as PictureMeta | null)?.set;
    return set ? pictureHtml(set, img, lateSizes(TEXT_SIZES, token?.attrGet('loading'))) : img;
  };
}

interface PictureMeta {
  readonly set: PictureSet;
}

/** An address may have come from data, after the parser had looked at it. */
const checked = (md: MarkdownIt, address: string) => (md.validateLink(address) ? address : '');
