import type { Client } from '../../workspace/client.ts';
import { readForeignPage } from '../foreign/read-page.ts';
import { checkKind, kindOf } from '../page/kind.ts';
import type { Page } from '../page/page.ts';
import { readPage } from '../page/read-page.ts';
import type { TextSource } from '../source/sources.ts';
import type { Assignment } from './field-path.ts';
import { replaceBody } from './replace-body.ts';
import { setField } from './set-field.ts';

/** What is to become of a page. */
export interface PageEdit {
  readonly set: readonly Assignment[];
  /** A new text below the fields, and what errors call where it came from. */
  readonly body?: { readonly text: string; readonly source: string } | undefined;
}

/**
 * Makes an edit on a page's text and checks what comes out: fields as site.yaml declares them, dates, addresses.
 *
 * @returns the new text
 * @throws SET_INVALID, VALUE_UNFIT, and what `readPage` throws; nothing is written
 */
export function editPage(source: TextSource, page: Page, client: Client, { set, body }: PageEdit): string {
  const rules = kindOf(page, client.config.kinds)?.fields ?? {};
  let { text } = source;
  for (const assignment of set) {
    const [name] = assignment.path;
    const rule = assignment.path.length === 1 ? rules[String(name)] : undefined;
    text = setField(text, source.file, assignment, rule);
  }
  if (body) text = replaceBody(text, source.file, body.text, body.source);
  checkPage({ ...source, text }, client);
  return text;
}

/** Reads and checks one page on its own. @throws VALUE_UNFIT, and what `readEditable` throws */
export function checkPage(source: TextSource, client: Client): Page | undefined {
  const page = readEditable(source, client);
  if (page) checkKind(page, client.config.kinds);
  return page;
}

/**
 * Reads a page by the rules of who makes the site; undefined for a language that the site does not have.
 *
 * @throws what `readPage` or `readForeignPage` throws
 */
export function readEditable(source: TextSource, { config, timezone }: Client): Page | undefined {
  if (config.build !== 'builtin') return readForeignPage(source, config);
  const page = readPage(source, { locales: config.locales, timezone });
  return 'foreign' in page ? undefined : page;
}
