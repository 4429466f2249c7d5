import { parseMerge } from './grammar.ts';

const gap = '\uE0F3';

/**
 * A line without its merge fields, for a heading that greets nobody by name: the comma or dash that led to the
 * field goes with it. `Spring blends, {{or first_name "friend"}}` becomes `Spring blends`.
 */
export function withoutMerge(line: string): string {
  const text = parseMerge({ text: line, file: '', line: 1 })
    .body.map((node) => (node.type === 'ContentStatement' ? (node as hbs.AST.ContentStatement).value : gap))
    .join('');
  const left = text
    .replace(new RegExp(`^\\s*${gap}[\\s,;:!–—-]*`), '')
    .replace(new RegExp(`[\\s,;:–—-]*${gap}`, 'g'), '')
    .replace(/\s+/g, ' ')
    .trim();
  return left.charAt(0).toUpperCase() + left.slice(1);
}
