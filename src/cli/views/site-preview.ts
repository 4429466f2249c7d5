import pc from 'picocolors';
import type { SharedPreview } from '../context/site-share.ts';
import { count } from './words.ts';

/** Where the preview can be looked at. */
export function previewAddress(url: string): string {
  return `The preview is at ${url} – open it in your browser. It follows what you save. Ctrl-C ends it.`;
}

/** Where the bundle lies, and what the client will read on its first page. */
export function shareView({ folder, pages, live }: SharedPreview): string {
  const changes = live
    ? `${live.added.length} new, ${live.changed.length} changed, ${live.removed.length} gone`
    : 'not compared with the live site';
  return [
    `${pc.green('✓')} ${count(pages, 'page')} to share: ${changes}`,
    `  Open ${folder}/index.html`,
    '  Only who knows the name of the folder finds it; search engines are told to keep out.',
  ].join('\n');
}
