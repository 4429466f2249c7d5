import type { Site } from '../collect/collect.ts';
import { absolute } from '../collect/summary.ts';
import { encodeAddress } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import { escapeHtml } from '../render/escape.ts';

export interface Redirect {
  readonly from: string;
  readonly page: Page;
}

/** Old addresses (`aliases`) of the pages that are on the site. */
export const redirectsOf = ({ model }: Site): Redirect[] =>
  model.pages.flatMap((page) => page.aliases.map((from) => ({ from, page })));

/** A page at an old address that leads to the new one, for hosts that know no redirects. */
export function redirectPage({ page }: Redirect, siteUrl: string): string {
  const to = escapeHtml(absolute(siteUrl, page.url));
  return `<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(page.title)}</title>
<link rel="canonical" href="${to}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${to}">
</head>
<body><p><a href="${to}">${escapeHtml(page.title)}</a></p></body>
</html>
`;
}

/** The `_redirects` file that Netlify-class hosts read. */
export const redirectsFile = (redirects: readonly Redirect[]) =>
  redirects.map(({ from, page }) => `${encodeAddress(from)} ${encodeAddress(page.url)} 301\n`).join('');
