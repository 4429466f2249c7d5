import type { Site } from '../collect/collect.ts';
import { absolute } from '../collect/summary.ts';
import { languageRoot } from '../page/read-page.ts';
import { feed } from './feed.ts';
import { redirectPage, redirectsFile, redirectsOf } from './redirects.ts';
import { sitemap } from './sitemap.ts';

export interface MadeFile {
  readonly address: string;
  /** Whose file this is, for errors. */
  readonly file: string;
  readonly text: string;
  /** A static file of the client's at this address goes before it. */
  readonly yields: boolean;
}

/** What belongs to a site beside its pages: sitemap, robots.txt, feeds, redirects. */
export function extraFiles(site: Site): MadeFile[] {
  const { config } = site.client;
  const made = (address: string, text: string): MadeFile => ({
    address,
    file: site.siteFile,
    text,
    yields: true,
  });
  const redirects = redirectsOf(site);
  const feeds = config.locales.flatMap((lang) => {
    const address = `${languageRoot(lang, config.locales)}feed.xml`;
    const text = feed(site, lang, address);
    return text === undefined ? [] : [made(address, text)];
  });
  return [
    made('/sitemap.xml', sitemap(site)),
    made('/robots.txt', `User-agent: *\nAllow: /\n\nSitemap: ${absolute(config.url, '/sitemap.xml')}\n`),
    ...feeds,
    ...(site.campaignFiles?.files ?? []).map((left) => ({ ...left, yields: false })),
    ...(redirects.length > 0 ? [made('/_redirects', redirectsFile(redirects))] : []),
    ...redirects.map((redirect) => ({
      address: redirect.from,
      file: redirect.page.file,
      text: redirectPage(redirect, config.url),
      yields: false,
    })),
  ];
}
