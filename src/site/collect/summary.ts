import { isoMoment } from '../page/moment.ts';
import type { Page } from '../page/page.ts';
import { type Plain, plainObject } from '../source/plain.ts';

/** What other pages, lists and menus see of a page: its fields as written, and these. */
export interface PageSummary {
  readonly [field: string]: Plain;
  readonly url: string;
  readonly permalink: string;
  readonly lang: string;
  readonly section: string;
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly date: string;
  readonly lastmod: string;
  readonly draft: boolean;
  readonly weight: number;
  readonly tags: readonly string[];
  readonly image: string;
}

/** A page as others see it. Texts that are not there are empty, so that a layout can ask with `{{#if}}` or just show them. */
export function summarise(
  page: Page,
  siteUrl: string,
  address: (page: Page, path: string) => string,
): PageSummary {
  const { data } = page;
  const text = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '');
  const tags = data.tags ?? [];
  const date = page.date ? isoMoment(page.date) : '';
  return Object.assign(plainObject(Object.entries(data)), {
    url: page.url,
    permalink: absolute(siteUrl, page.url),
    lang: page.lang,
    section: page.section,
    kind: page.kind,
    title: page.title,
    description: text('description').trim(),
    date,
    lastmod: page.lastmod ? isoMoment(page.lastmod) : date,
    draft: page.draft,
    weight: page.weight,
    tags: (Array.isArray(tags) ? tags : [tags]).map(String),
    image: text('image') ? address(page, text('image')) : '',
  });
}

/** The whole address of a path on the site; a site may live below a folder of its domain. */
export const absolute = (siteUrl: string, path: string) => siteUrl.replace(/\/+$/, '') + path;
