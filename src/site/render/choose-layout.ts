import { fail, type Place } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import { type KindRule, kindOf } from '../page/kind.ts';
import type { Page } from '../page/page.ts';
import type { Templates } from './templates.ts';

/**
 * The layout of a page: the one its `layout` field names, else that of its kind in site.yaml, else the first there
 * is of `type`, then by what the page is, down to `page`.
 *
 * @throws LAYOUT_MISSING for a layout that somebody named and that is not there, or where not even `page` is
 */
export function chooseLayout(
  page: Page,
  templates: Templates,
  kinds: Readonly<Record<string, KindRule>>,
  siteFile: string,
): string {
  const { layout, type } = page.data;
  if (typeof layout === 'string' && layout !== '')
    return named(layout, templates, () => page.source?.yaml.place(['layout']) ?? { file: page.file });
  const kind = page.kind === 'page' ? kindOf(page, kinds) : undefined;
  if (kind?.layout)
    return named(kind.layout, templates, () => ({ file: siteFile, field: `kinds.${kind.name}.layout` }));
  const candidates = [...(typeof type === 'string' ? [type] : []), ...byKind(page), 'page'];
  const found = candidates.find((name) => templates.has(name));
  return found ?? named('page', templates, () => ({ file: page.file }));
}

function byKind({ kind, date }: Page): string[] {
  if (kind === 'home') return ['home', 'section'];
  if (kind === 'section') return ['section'];
  if (kind === 'tag') return ['tag', 'section'];
  if (kind === 'campaign') return ['campaign'];
  if (kind === 'notFound') return ['404'];
  return date === undefined ? [] : ['article'];
}

function named(layout: string, templates: Templates, place: () => Place): string {
  if (templates.has(layout)) return layout;
  throw fail('LAYOUT_MISSING', {
    ...place(),
    layout,
    near: nearNames(layout, templates.layouts),
    known: templates.layouts,
  });
}
