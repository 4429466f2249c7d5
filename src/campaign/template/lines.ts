import type { TemplateFile } from './template.ts';

/**
 * Keeps track of where each line of an expanded template came from: loops and partials move lines about, and
 * an error must name the line that a person can mend.
 */
export interface LineMap {
  /** A template's source with each line marked. */
  mark(template: TemplateFile): string;
  /** The expanded text without the marks, and the place that each of its lines (from 1) came from. */
  collect(expanded: string): { readonly text: string; placeOf(line: number): { file: string; line: number } };
}

const open = '\uE0E0';
const close = '\uE0E1';
const marks = new RegExp(`${open}(\\d+):(\\d+)${close}`, 'g');

export function createLineMap(): LineMap {
  const files: string[] = [];
  return {
    mark({ file, source }) {
      const n = files.push(file) - 1;
      let before = '';
      return source
        .split('\n')
        .map((line, at) => {
          const inside = before.lastIndexOf('{{') > before.lastIndexOf('}}');
          before += `${line}\n`;
          return inside ? line : `${open}${n}:${at + 1}${close}${line}`;
        })
        .join('\n');
    },
    collect(expanded) {
      let last = { file: files[0] ?? '', line: 1 };
      const places = expanded.split('\n').map((line) => {
        const found = [...line.matchAll(marks)].map(([, n, at]) => ({
          file: files[Number(n)] ?? '',
          line: Number(at),
        }));
        last = found.at(-1) ?? last;
        return found[0] ?? last;
      });
      return { text: expanded.replace(marks, ''), placeOf: (line) => places[line - 1] ?? last };
    },
  };
}
