import type { Preview } from '../../campaign/preview.ts';
import { table } from './table.ts';
import { size } from './words.ts';

/** The previews and where they were written. @param dir as the person named it */
export function promoPreviewView(
  previews: readonly Preview[],
  dir: string,
  files: readonly string[],
): string {
  const rows = previews.map(({ language, subject, htmlBytes }) => [
    language,
    subject,
    `${size(htmlBytes)} of HTML`,
  ]);
  return `${table(rows)}\n\nWritten to ${dir}:\n${files.map((file) => `  ${file}`).join('\n')}`;
}

/** Where the preview can be looked at. */
export function promoPreviewAddress(url: string): string {
  return `The preview is at ${url} – open it in your browser. Ctrl-C ends it.`;
}
