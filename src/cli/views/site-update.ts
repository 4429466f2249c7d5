import pc from 'picocolors';
import type { FieldChange } from '../../site/edit/field-changes.ts';
import type { LiveChanges } from '../../site/edit/live-changes.ts';
import { count } from './words.ts';

export interface UpdateResult {
  readonly client: string;
  /** Below content/. */
  readonly page: string;
  readonly file: string;
  readonly changes: readonly FieldChange[];
  readonly bodyChanged: boolean;
  readonly live: LiveChanges;
  readonly saved: boolean;
  /** Whether the page's file was there and is to go. */
  readonly removed: boolean;
  readonly published: object | null;
}

/** What an edit does, in words: the fields from and to, and the pages of the site that differ. */
export function changesView({ changes, bodyChanged, removed, live }: UpdateResult): string {
  const fields = changes.map(({ field, from, to }) =>
    from === null
      ? `  ${field}: ${pc.green(shown(to))}`
      : `  ${field}: ${pc.red(shown(from))} → ${pc.green(shown(to))}`,
  );
  const gone = removed ? ['  the page is taken away'] : [];
  const text = bodyChanged ? ['  the text below the fields changes'] : [];
  return [...fields, ...gone, ...text, ...liveLines(live)].join('\n');
}

/** The same, with what became of it. @param url of the client's site */
export function updateView(result: UpdateResult, url: string): string {
  return `${changesView(result)}\n${outcome(result, url)}`;
}

function outcome({ saved, removed, published, file, client, live }: UpdateResult, url: string): string {
  const done = pc.green('✓');
  const did = removed ? 'Removed' : 'Saved';
  if (published && touchesSite(live)) return `${done} Published: ${url}`;
  if (!saved) return 'Nothing was written.';
  if (published) return `${done} ${did} ${file}. The live site needs no change.`;
  return `${done} ${did} ${file}. Publish it with: sec site publish ${client}`;
}

const touchesSite = ({ added, changed, removed, otherFiles }: LiveChanges) =>
  added.length + changed.length + removed.length + otherFiles > 0;

function liveLines({ added, changed, removed, otherFiles }: LiveChanges): string[] {
  const pages = [
    ...added.map(({ title, url }) => `  ${pc.green('new')}      ${title}  ${pc.dim(url)}`),
    ...changed.map(({ title, url }) => `  ${pc.yellow('changed')}  ${title}  ${pc.dim(url)}`),
    ...removed.map((url) => `  ${pc.red('gone')}     ${url}`),
  ];
  if (pages.length + otherFiles === 0) return ['On the site nothing changes.'];
  const limit = 12;
  const more = pages.length > limit ? [`  and ${count(pages.length - limit, 'more page')}`] : [];
  const others = otherFiles > 0 ? [`  and ${count(otherFiles, 'other file')}`] : [];
  return ['On the site:', ...pages.slice(0, limit), ...more, ...others];
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : (JSON.stringify(value) ?? '');
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line === '' ? '(empty)' : line;
}
