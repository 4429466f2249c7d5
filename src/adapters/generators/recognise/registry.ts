import { astro } from './astro.ts';
import { eleventy } from './eleventy.ts';
import { plainHtml } from './html.ts';
import { hugo } from './hugo.ts';
import { jekyll } from './jekyll.ts';
import { layoutLanguage } from './layout-language.ts';
import { markdownPages } from './markdown.ts';
import { mkdocs } from './mkdocs.ts';
import { nextExport } from './next.ts';
import type { Project } from './project.ts';
import type { Recognised, Recogniser } from './recogniser.ts';
import { vitepress } from './vitepress.ts';
import { zola } from './zola.ts';

/** The first one that knows a folder wins; finished files and bare pages are what no generator claims. */
export const recognisers: readonly Recogniser[] = [
  hugo,
  zola,
  eleventy,
  jekyll,
  astro,
  nextExport,
  mkdocs,
  vitepress,
  plainHtml,
  markdownPages,
];

/** What a folder is; undefined for one that nobody knows. */
export function recognise(project: Project): Recognised | undefined {
  for (const one of recognisers) {
    const found = one.recognise(project);
    if (found) return { ...found, locales: found.locales ?? layoutLanguage(project) };
  }
  return undefined;
}
