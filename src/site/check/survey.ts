import type { Site } from '../collect/collect.ts';
import { outputPath } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import type { Release } from '../release.ts';
import type { TextSource } from '../source/sources.ts';
import type {
  AbsentPage,
  CheckedPage,
  CheckedPicture,
  CheckedSite,
  PageSource,
  SourceText,
  TranslationGroup,
} from './checked-site.ts';
import { readHtml } from './read-html.ts';

export interface SurveyOptions {
  readonly release: Release;
  /** Text of a file of the release. */
  readonly read: (path: string) => string;
  /** The site behind the release; absent where another program built it. */
  readonly site: Site | undefined;
  /** Settings and whatever else may hold what a page shows. */
  readonly texts: readonly SourceText[];
  readonly siteUrl: string;
  readonly locales: readonly string[];
  readonly now: Temporal.ZonedDateTime;
  /** Only these files of the release are checked; all pages where absent. */
  readonly only?: ReadonlySet<string> | undefined;
}

/** Lays out a built site with its sources for the rules. */
export function surveySite(options: SurveyOptions): CheckedSite {
  const { release, read, site, only } = options;
  const pageAt = new Map((site?.model.pages ?? []).map((page) => [outputPath(page.url), page]));
  const sourceOf = new Map((site?.sources.content ?? []).map((source) => [source.path, source]));
  const statics = new Map((site?.sources.statics ?? []).map(({ path, file }) => [path, file]));
  const mails = new Set(site?.campaignFiles?.files.map(({ address }) => outputPath(address)));
  const known = new Map<string, ReadonlySet<string>>();
  const pages: CheckedPage[] = [];
  for (const path of release.files.keys()) {
    if (!path.endsWith('.html') || (only && !only.has(path))) continue;
    const markup = read(path);
    const page = pageAt.get(path);
    const html = readHtml(markup);
    known.set(path, html.ids);
    pages.push({
      path,
      url: page?.url ?? `/${path.replace(/(^|\/)index\.html$/, '$1')}`,
      file: page?.file ?? statics.get(path) ?? path,
      source: page && pageSource(page, sourceOf.get(page.path)),
      markup,
      html,
      isNotFound: page?.kind === 'notFound' || path === '404.html',
      isMail: mails.has(path),
    });
  }
  return {
    siteUrl: options.siteUrl,
    locales: options.locales,
    now: options.now,
    files: release.files,
    pages,
    idsOf(path) {
      if (!path.endsWith('.html')) return undefined;
      let ids = known.get(path);
      if (!ids) {
        ids = readHtml(read(path)).ids;
        known.set(path, ids);
      }
      return ids;
    },
    absent: absentPages(site),
    texts: [...textsOf(site), ...options.texts],
    pictures: picturesOf(site),
    translations: translationsOf(site, only),
  };
}

function pageSource(page: Page, source: TextSource | undefined): PageSource | undefined {
  const { source: front } = page;
  if (!source || !front) return undefined;
  return {
    file: page.file,
    text: source.text,
    lang: page.lang,
    fields: page.data,
    bodyStart: front.bodyStart,
    fieldLine(path) {
      const isThere = front.yaml.document.hasIn(path);
      return isThere ? front.yaml.place(path).line : undefined;
    },
  };
}

function absentPages(site: Site | undefined): Map<string, AbsentPage> {
  const absent = new Map<string, AbsentPage>();
  for (const page of site?.all ?? []) {
    if (site?.model.byId.has(page.id)) continue;
    const isOver =
      page.expiryDate &&
      Temporal.Instant.compare(page.expiryDate.toInstant(), site?.now ?? page.expiryDate.toInstant()) <= 0;
    absent.set(page.url, { file: page.file, why: page.draft ? 'draft' : isOver ? 'expired' : 'to come' });
  }
  return absent;
}

/** Where a text may stand that is in no page's own file; the client's own before the theme's. */
function textsOf(site: Site | undefined): SourceText[] {
  if (!site) return [];
  const { data, layouts, partials, i18n } = site.sources;
  const own = (text: SourceText) => (text.file.startsWith('sites/') ? 0 : 1);
  return [...data, ...layouts, ...partials, ...i18n].sort((a, b) => own(a) - own(b));
}

const PICTURE = /\.(jpe?g|png|gif|webp|avif|svg)$/i;

function picturesOf(site: Site | undefined): Map<string, CheckedPicture> {
  const pictures = new Map<string, CheckedPicture>();
  for (const published of site?.files.published ?? []) {
    if (!('source' in published) || !PICTURE.test(published.source.path)) continue;
    const { address } = published;
    const { file, size, dimensions } = published.source;
    const picture = { file, address, size, isReadable: dimensions !== undefined };
    pictures.set(address, picture);
    for (const variant of site?.files.picture(address)?.shown ?? []) pictures.set(variant.address, picture);
  }
  return pictures;
}

function translationsOf(site: Site | undefined, only: ReadonlySet<string> | undefined): TranslationGroup[] {
  if (!site) return [];
  const written = site.model.pages.filter(({ source, kind, part }) => source && kind !== 'notFound' && !part);
  const shown = only ? written.filter(({ url }) => only.has(outputPath(url))) : written;
  const groups = new Map(shown.map((page) => [page.translationKey, page]));
  return [...groups.values()].map((page) => ({
    file: (site.model.translations(page)[0] ?? page).file,
    languages: site.model.translations(page).map(({ lang }) => lang),
  }));
}
