import type { CheckedPage, CheckedSite } from './checked-site.ts';
import { asError, asWarning, type Finding } from './finding.ts';
import { type Located, locate, writtenForms } from './locate.ts';
import { targetOf } from './rules/links.ts';

/** An address elsewhere, and every place that links to it. */
export interface ExternalLink {
  /** Without its fragment. */
  readonly url: string;
  readonly places: readonly Located[];
}

/** What came of asking for an address. */
export type LinkAnswer =
  | { readonly kind: 'answered'; readonly status: number }
  /** The name leads into a private network, or to this computer: it was not asked. */
  | { readonly kind: 'private' }
  | {
      readonly kind: 'failed';
      readonly why: 'unknown-host' | 'silent' | 'no-connection' | 'certificate' | 'redirects';
    };

/** Asks whether an address works. The one who implements it keeps away from private networks. */
export type LinkProbe = (url: string) => Promise<LinkAnswer>;

/** Links that visitors follow to other sites, each address once. */
export function externalLinks(site: CheckedSite): ExternalLink[] {
  const links = new Map<string, Located[]>();
  for (const page of site.pages)
    for (const { href, isFollowed } of page.html.links) {
      const url = isFollowed ? elsewhere(href, page, site) : undefined;
      if (url === undefined) continue;
      const place = locate(page, site, ...writtenForms(href));
      const places = links.get(url) ?? [];
      if (!places.some(({ file, line }) => file === place.file && line === place.line)) places.push(place);
      links.set(url, places);
    }
  return [...links].map(([url, places]) => ({ url, places }));
}

function elsewhere(href: string, page: CheckedPage, { siteUrl }: CheckedSite): string | undefined {
  if (!/^(https?:)?\/\//i.test(href) || targetOf(href, page, siteUrl) || !URL.canParse(href, siteUrl))
    return undefined;
  const url = new URL(href, siteUrl);
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

/** What an answer means for those who follow the link. */
export function judgeLink({ url, places }: ExternalLink, answer: LinkAnswer): Finding[] {
  const verdict = verdictOf(answer);
  if (!verdict) return [];
  const { isSure, what, fix } = verdict;
  return places.map((place) =>
    (isSure ? asError : asWarning)({
      ...place,
      rule: isSure ? 'external-link-broken' : 'external-link-unsure',
      text: url,
      message: `The link to ${url} ${what}.`,
      fix,
    }),
  );
}

interface Verdict {
  readonly isSure: boolean;
  readonly what: string;
  readonly fix: string;
}

const MEND = 'Open it in a browser: correct the address, or take the link away.';
const LOOK = 'Open it in a browser: if it works there, all is well.';

function verdictOf(answer: LinkAnswer): Verdict | undefined {
  if (answer.kind === 'private')
    return { isSure: true, what: 'leads into a private network: visitors cannot open it', fix: MEND };
  if (answer.kind === 'failed') return failures[answer.why];
  const { status } = answer;
  if (status < 400) return undefined;
  if (status === 404 || status === 410)
    return { isSure: true, what: `leads to a page that does not exist any more (${status})`, fix: MEND };
  if (status === 401 || status === 403 || status === 429 || status === 999)
    return {
      isSure: false,
      what: `could not be checked: that site does not let programs in (${status})`,
      fix: LOOK,
    };
  if (status >= 500)
    return {
      isSure: false,
      what: `got an error of that site's server (${status}), perhaps for now`,
      fix: LOOK,
    };
  return { isSure: false, what: `got an answer that says it does not work (${status})`, fix: LOOK };
}

const failures: Readonly<Record<(LinkAnswer & { kind: 'failed' })['why'], Verdict>> = {
  'unknown-host': { isSure: true, what: 'leads to a site that does not exist', fix: MEND },
  certificate: {
    isSure: true,
    what: 'leads to a site whose certificate is not valid: browsers warn of it',
    fix: MEND,
  },
  'no-connection': { isSure: true, what: 'leads to a site that refuses connections', fix: MEND },
  silent: { isSure: false, what: 'got no answer in time', fix: LOOK },
  redirects: { isSure: false, what: 'is sent on from address to address without end', fix: LOOK },
};
