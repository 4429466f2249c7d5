import { lazy } from '../../core/lazy.ts';
import { compareMoments } from '../page/moment.ts';
import type { Page } from '../page/page.ts';

/** The pages of a site that are on it at this moment, and how they hang together. */
export interface SiteModel {
  readonly pages: readonly Page[];
  readonly byId: ReadonlyMap<string, Page>;
  home(lang: string): Page | undefined;
  parent(page: Page): Page | undefined;
  /** Pages that a home or section page lists: by weight, then newest first, then title. */
  children(page: Page): readonly Page[];
  /** The same page in all languages, in the order of the site's languages; the page itself is among them. */
  translations(page: Page): readonly Page[];
  /** Neighbours by time among dated pages of one section, else in the section's order. */
  neighbours(page: Page): Neighbours;
  /** Without what continues a list. */
  ofLanguage(lang: string): readonly Page[];
}

interface Neighbours {
  readonly previous: Page | undefined;
  readonly next: Page | undefined;
}

const isListed = ({ kind, part }: Page) => part === undefined && (kind === 'page' || kind === 'section');

/**
 * Arranges pages; their order does not matter. Each part is made when somebody asks: a site that gets more pages is
 * arranged anew, and of the model that gives way hardly anything was wanted.
 */
export function arrange(pages: readonly Page[], locales: readonly string[]): SiteModel {
  const ordered = inOrderOf(pages);
  const byId = lazy(() => new Map(ordered.map((page) => [page.id, page])));
  const groups = lazy(() => groupedBy(ordered, ({ translationKey }) => translationKey));
  const languages = lazy(() =>
    groupedBy(
      ordered.filter(({ part }) => !part),
      ({ lang }) => lang,
    ),
  );
  const sections = lazy(() => sectionsOf(ordered));
  const parent = (page: Page) =>
    page.parentFolder === undefined || page.kind === 'home'
      ? undefined
      : nearestSection(sections(), page.lang, page.parentFolder);
  const listed = lazy(() => groupedBy(ordered.filter(isListed), (page) => parent(page)?.id));
  const inOrder = new Map<string, readonly Page[]>();
  const children = (page: Page): readonly Page[] => {
    let list = inOrder.get(page.id);
    if (!list) {
      list = [...(listed().get(page.id) ?? [])].sort(compareListed);
      inOrder.set(page.id, list);
    }
    return list;
  };
  const beside = new Map<string, Map<string, Neighbours>>();
  return {
    pages: ordered,
    get byId() {
      return byId();
    },
    home: (lang) => sections().get(sectionKey(lang, '')),
    parent,
    children,
    translations: (page) =>
      locales.flatMap((lang) => {
        const found = groups()
          .get(page.translationKey)
          ?.find((other) => other.lang === lang);
        return found ? [found] : [];
      }),
    neighbours(page) {
      const above = parent(page);
      if (!above) return { previous: undefined, next: undefined };
      const known = beside.get(above.id) ?? neighboursIn(children(above));
      beside.set(above.id, known);
      return known.get(page.id) ?? { previous: undefined, next: undefined };
    },
    ofLanguage: (lang) => languages().get(lang) ?? [],
  };
}

/** Home and section pages by language and folder. */
function sectionsOf(pages: readonly Page[]): Map<string, Page> {
  const sections = new Map<string, Page>();
  for (const page of pages) {
    if (page.part) continue;
    if (page.kind === 'home') sections.set(sectionKey(page.lang, ''), page);
    if (page.kind === 'section') sections.set(sectionKey(page.lang, page.folder), page);
  }
  return sections;
}

function nearestSection(sections: ReadonlyMap<string, Page>, lang: string, folder: string): Page | undefined {
  for (let at = folder; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const section = sections.get(sectionKey(lang, at));
    if (section || at === '') return section;
  }
}

/** By id; most lists of thousands of pages are in that order already. */
function inOrderOf(pages: readonly Page[]): readonly Page[] {
  const isSorted = pages.every((page, n) => n === 0 || (pages[n - 1]?.id ?? '') <= page.id);
  return isSorted ? pages : [...pages].sort((a, b) => compareText(a.id, b.id));
}

/** Each page's neighbours in a section: dated pages by time, the others in the section's order. */
function neighboursIn(children: readonly Page[]): Map<string, Neighbours> {
  const pages = children.filter(({ kind }) => kind === 'page');
  const dated = pages
    .filter(({ date }) => date !== undefined)
    .sort((a, b) => compareDates(a, b) || compareText(a.id, b.id));
  const others = pages.filter(({ date }) => date === undefined);
  const found = new Map<string, Neighbours>();
  for (const line of [dated, others])
    for (const [n, page] of line.entries()) found.set(page.id, { previous: line[n - 1], next: line[n + 1] });
  return found;
}

/** By weight where one has it, then the newest, then by title. */
export function compareListed(a: Page, b: Page): number {
  const weight = (page: Page) => (page.weight === 0 ? Number.POSITIVE_INFINITY : page.weight);
  if (weight(a) !== weight(b)) return weight(a) < weight(b) ? -1 : 1;
  return compareDates(b, a) || a.title.localeCompare(b.title, a.lang) || compareText(a.id, b.id);
}

function compareDates(a: Page, b: Page): number {
  if (!a.date || !b.date) return a.date ? 1 : b.date ? -1 : 0;
  return compareMoments(a.date, b.date);
}

/** Order by code units: the same on every machine. */
export const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const sectionKey = (lang: string, folder: string) => `${lang}:${folder}`;

/** Pages under their keys, each list in the order of the pages; those without a key are left out. */
function groupedBy(pages: readonly Page[], keyOf: (page: Page) => string | undefined): Map<string, Page[]> {
  const groups = new Map<string, Page[]>();
  for (const page of pages) {
    const key = keyOf(page);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(page);
    else groups.set(key, [page]);
  }
  return groups;
}
