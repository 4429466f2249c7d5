import type { Site } from '../collect/collect.ts';
import { compareText } from '../collect/site-model.ts';
import { absolute } from '../collect/summary.ts';
import { isoMoment } from '../page/moment.ts';
import type { Page } from '../page/page.ts';
import { escapeHtml } from '../render/escape.ts';
import { isDated } from '../render/site-facts.ts';

const ENTRIES = 30;

/** The Atom feed (RFC 4287) of one language's dated pages, newest first; undefined where there are none. */
export function feed({ model, client }: Site, lang: string, address: string): string | undefined {
  const { url, name } = client.config;
  const news = model
    .ofLanguage(lang)
    .filter((page) => isDated(page) && !page.draft)
    .map((page) => ({ page, stamp: page.date?.epochMilliseconds ?? 0 }))
    .sort((a, b) => b.stamp - a.stamp || compareText(a.page.id, b.page.id))
    .slice(0, ENTRIES)
    .map(({ page }) => page);
  if (news.length === 0) return undefined;
  const updated = news.map(changed).sort(compareText).at(-1) ?? '';
  const home = absolute(url, model.home(lang)?.url ?? '/');
  const entries = news.map((page) => {
    const link = escapeHtml(absolute(url, page.url));
    const description = typeof page.data.description === 'string' ? page.data.description.trim() : '';
    return [
      '<entry>',
      `<title>${escapeHtml(page.title)}</title>`,
      `<id>${link}</id>`,
      `<link href="${link}"/>`,
      `<published>${page.date ? isoMoment(page.date) : ''}</published>`,
      `<updated>${changed(page)}</updated>`,
      ...(description ? [`<summary>${escapeHtml(description)}</summary>`] : []),
      '</entry>',
    ].join('\n');
  });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`,
    `<title>${escapeHtml(name)}</title>`,
    `<id>${escapeHtml(home)}</id>`,
    `<link href="${escapeHtml(home)}"/>`,
    `<link rel="self" href="${escapeHtml(absolute(url, address))}"/>`,
    `<updated>${updated}</updated>`,
    `<author><name>${escapeHtml(name)}</name></author>`,
    ...entries,
    '</feed>',
  ].join('\n')}\n`;
}

const changed = (page: Page) => {
  const moment = page.lastmod ?? page.date;
  return moment ? isoMoment(moment) : '';
};
