import { nearNames } from '../../../core/near.ts';
import { decode, outputPath } from '../../page/address.ts';
import type { CheckedPage, CheckedSite, PageRule } from '../checked-site.ts';
import { asError, type Finding } from '../finding.ts';
import type { HtmlLink } from '../html-page.ts';
import { locate, writtenForms } from '../locate.ts';

/** Links within the site: to pages, files and places on a page. */
export const linkRules: PageRule = (page, site) =>
  page.html.links.flatMap((link) => checkLink(link, page, site));

function checkLink(link: HtmlLink, page: CheckedPage, site: CheckedSite): Finding[] {
  const { href } = link;
  const place = () => locate(page, site, ...writtenForms(href));
  if (href.trim() === '' && link.isFollowed)
    return [
      asError({
        ...locate(page, site, ']()', 'href=""'),
        rule: 'empty-link',
        text: '',
        message: 'A link leads nowhere: its address is empty.',
        fix: 'Write the address it should lead to between the round brackets, or take the link away.',
      }),
    ];
  if (/^mailto:/i.test(href)) return checkMail(href, place);
  const target = targetOf(href, page, site.siteUrl);
  if (target === undefined) return [];
  const file = fileFor(target.path, site);
  if (file === undefined) return [brokenLink(href, target.path, place(), site)];
  const ids = target.anchor === '' ? undefined : site.idsOf(file);
  if (!ids || ids.has(target.anchor) || target.anchor === 'top' || target.anchor.startsWith(':~:')) return [];
  const [near] = nearNames(target.anchor, [...ids]);
  return [
    asError({
      ...place(),
      rule: 'broken-anchor',
      text: href,
      message: `The link ${href} leads to a place called "${target.anchor}", and there is none on that page.`,
      fix: near
        ? `Did you mean #${near}?`
        : 'Correct what stands after the #: it is the heading in small letters, with hyphens for spaces.',
    }),
  ];
}

function checkMail(href: string, place: () => { file: string }): Finding[] {
  const addresses = decode(href.slice('mailto:'.length).split('?')[0] ?? '').split(',');
  if (addresses.every((address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address.trim()))) return [];
  return [
    asError({
      ...place(),
      rule: 'broken-link',
      text: href,
      message: 'A link for writing an e-mail does not hold a whole e-mail address.',
      fix: 'Write it as mailto:name@example.com.',
    }),
  ];
}

function brokenLink(href: string, path: string, place: { file: string }, site: CheckedSite): Finding {
  const absent = site.absent.get(path) ?? site.absent.get(`${path}/`);
  if (absent) {
    const words = {
      draft: ['is a draft', 'Take "draft: true" out of that page, or take the link away for now.'],
      expired: ['is not on the site any more', 'Take the link away, or correct the expiryDate of that page.'],
      'to come': ['is not on the site yet', 'Publish that page first, or take the link away for now.'],
    }[absent.why];
    return asError({
      ...place,
      rule: 'link-to-absent-page',
      text: href,
      message: `The link ${href} leads to a page that ${words[0]} (${absent.file}): visitors would get "not found".`,
      fix: words[1] ?? '',
    });
  }
  const pages = [...site.files.keys()].filter((name) => name.endsWith('.html')).map(addressOf);
  const [near] = nearNames(path, pages);
  return asError({
    ...place,
    rule: 'broken-link',
    text: href,
    message: `The link ${href} leads to something that is not on the site: visitors would get "not found".`,
    fix: near && near !== path ? `Did you mean ${near}?` : 'Correct the address, or take the link away.',
  });
}

/** A place on this site; undefined for an address elsewhere, and for what is no address of a page. */
export function targetOf(
  href: string,
  { url }: CheckedPage,
  siteUrl: string,
): { path: string; anchor: string } | undefined {
  const base = siteUrl.replace(/\/?$/, '/');
  if (!URL.canParse(href, base)) return undefined;
  const root = new URL(base);
  // Addresses in a release start from the site's root, wherever below its host that is.
  const isRelative = !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href);
  const target = isRelative ? new URL(href, new URL(url, root.origin)) : new URL(href);
  if (target.host !== root.host || !/^https?:$/.test(target.protocol)) return undefined;
  const path = isRelative ? target.pathname : below(root.pathname, target.pathname);
  return path === undefined ? undefined : { path: decode(path), anchor: decode(target.hash.slice(1)) };
}

const below = (root: string, path: string) =>
  path.startsWith(root) ? path.slice(root.length - 1) : `${path}/` === root ? '/' : undefined;

/** The file that answers an address, as web servers and static hosts find it. */
export function fileFor(path: string, { files }: Pick<CheckedSite, 'files'>): string | undefined {
  const bare = path.replace(/^\//, '');
  const candidates = [outputPath(path), bare, `${bare}/index.html`, `${bare}.html`];
  return candidates.find((name) => files.has(name));
}

const addressOf = (file: string) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`;
