import type { MarkdownIt } from 'markdown-it';
import { slugify } from '../../core/slug.ts';
import { envOf } from './markdown-env.ts';

/**
 * Gives every heading an id, and lists the headings: the id that its author wrote, else its words, and for the same
 * words again a number after them. A text of nothing but headings takes no longer than another of its length.
 */
export function identifyHeadings(md: MarkdownIt): void {
  md.core.ruler.push('heading-ids', (state) => {
    const { toc } = envOf(state);
    const unique = uniqueIds();
    let n = 0;
    for (const token of state.tokens) {
      n++;
      if (token.type !== 'heading_open') continue;
      const text = (state.tokens[n]?.children ?? [])
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join('');
      const written = token.attrGet('id');
      const id = written === null || written === undefined ? unique.make(slugify(text)) : String(written);
      unique.take(id);
      token.attrSet('id', id);
      toc.push({ level: Number(token.tag.slice(1)), id, text });
    }
  });
}

function uniqueIds() {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return {
    take: (id: string) => void taken.add(id),
    make(slug: string): string {
      if (!taken.has(slug)) return slug;
      let n = next.get(slug) ?? 1;
      while (taken.has(`${slug}-${n}`)) n++;
      next.set(slug, n + 1);
      return `${slug}-${n}`;
    },
  };
}
