import type { FieldRule } from '../../workspace/schema.ts';
import { checkFields } from './check-fields.ts';
import type { Page } from './page.ts';

/** What a kind of page in site.yaml says about its layout. */
export interface KindRule {
  readonly folder?: string | undefined;
  readonly layout?: string | undefined;
}

/** The kind of page that lives in this page's folder; the deepest folder wins. */
export function kindOf<R extends KindRule>(
  { folder }: Page,
  kinds: Readonly<Record<string, R>>,
): (R & { readonly name: string }) | undefined {
  const [match] = Object.entries(kinds)
    .filter(([name, rule]) => {
      const own = (rule.folder ?? name).replace(/^\/+|\/+$/g, '');
      return folder === own || (own !== '' && folder.startsWith(`${own}/`));
    })
    .sort(([, a], [, b]) => (b.folder ?? '').length - (a.folder ?? '').length);
  return match && { ...match[1], name: match[0] };
}

/** Checks a page against the fields of its kind. @throws VALUE_UNFIT */
export function checkKind(
  page: Page,
  kinds: Readonly<Record<string, KindRule & { readonly fields: Readonly<Record<string, FieldRule>> }>>,
): void {
  const kind = page.kind === 'page' ? kindOf(page, kinds) : undefined;
  if (kind) checkFields(page, kind.fields);
}
