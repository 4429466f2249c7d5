import type { FieldRule } from '../../workspace/schema.ts';
import { checkFields } from './check-fields.ts';
import type { Page } from './page.ts';

/** What a kind of page in site.yaml says about its layout. */
export interface KindRule {
  readonly folder?: string | undefined;
  readonly layout?: string | undefined;
}

/** The kind that every site has: a page of its own, right below the home page. */
export const PLAIN_KIND = 'page';

/** The folder below content/ in which a kind's pages live: the one of its name, unless said otherwise. */
export const folderOf = (name: string, { folder }: KindRule): string =>
  (folder ?? (name === PLAIN_KIND ? '' : name)).replace(/^\/+|\/+$/g, '');

/** The kind of page that lives in this page's folder; the deepest folder wins. */
export function kindOf<R extends KindRule>(
  { folder }: Page,
  kinds: Readonly<Record<string, R>>,
): (R & { readonly name: string }) | undefined {
  let found: (R & { readonly name: string }) | undefined;
  let depth = -1;
  for (const [name, rule] of Object.entries(kinds)) {
    const own = folderOf(name, rule);
    const isInside = folder === own || (own !== '' && folder.startsWith(`${own}/`));
    if (!isInside || own.length <= depth) continue;
    found = { ...rule, name };
    depth = own.length;
  }
  return found;
}

/** Checks a page against the fields of its kind. @throws VALUE_UNFIT */
export function checkKind(
  page: Page,
  kinds: Readonly<Record<string, KindRule & { readonly fields: Readonly<Record<string, FieldRule>> }>>,
): void {
  const kind = page.kind === 'page' ? kindOf(page, kinds) : undefined;
  if (kind) checkFields(page, kind.fields);
}
