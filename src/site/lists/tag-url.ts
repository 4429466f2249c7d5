import type { Site } from '../collect/collect.ts';
import type { Page } from '../page/page.ts';
import { languageRoot } from '../page/read-page.ts';
import { tagKey } from './tags.ts';

/** The address of a tag's page; empty where the theme shows none. */
export function tagUrl({ model, client }: Site, { lang }: Page, tag: string): string {
  const url = `${languageRoot(lang, client.config.locales)}tags/${tagKey(tag)}/`;
  return model.byId.has(`tag:${tagKey(tag)}.${lang}`) ||
    model.ofLanguage(lang).some((page) => page.url === url)
    ? url
    : '';
}
