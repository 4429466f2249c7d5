import { slugify } from '../../core/slug.ts';
import type { Page } from '../page/page.ts';

/** A page's tags as they are written. */
export function tagsOf({ data: { tags } }: Page): string[] {
  const list = Array.isArray(tags) ? tags : [tags ?? ''];
  return list.map((tag) => String(tag).trim()).filter((tag) => tag !== '');
}

/** Tags that differ only in case, accents or blanks are one: they would have one address. */
export const tagKey = (tag: string): string => slugify(tag);
