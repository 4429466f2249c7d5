import { fillSlots, type Message } from './message.ts';

/** Stands where a reader's own link would; nothing else can look like it, for it is no address. */
const OWN_LINK = 'sec:own-link';

export interface WebAddresses {
  /** Where this page lies. */
  readonly own: string;
  /** Where the campaign's files lie, the folder above this page. */
  readonly files: string;
  /** What search engines are to show in its place; undefined where the campaign has no page. */
  readonly canonical?: string | undefined;
}

/**
 * A mail as a page of the client's site, for whoever cannot read it in the mailbox. Nobody's data is in it: every
 * merge field shows its fallback, and what only its reader may use, the link that ends the mails, is taken out, as
 * is what only Outlook reads. Search engines are asked to leave it alone.
 */
export function webVersion({ html, fields }: Message, { own, files, canonical }: WebAddresses): string {
  const nobody = { ...Object.fromEntries(fields.map((name) => [name, ''])), email: '', recipient_id: '' };
  const whole = fillSlots(html, { ...nobody, unsubscribe_url: OWN_LINK });
  const head = [
    '<meta name="robots" content="noindex">',
    ...(canonical === undefined ? [] : [`<link rel="canonical" href="${canonical}">`]),
  ].join('');
  return `${withoutLinks(whole, [OWN_LINK, own])
    .replace(/<!--[\s\S]*?-->/g, '')
    .replaceAll(`="${files}`, '="../')
    .replace(/<head[^>]*>/, (tag) => `${tag}${head}`)
    .replace(/<body[^>]*>/, (tag) => `${tag}<main>`)
    .replace('</body>', '</main></body>')}\n`;
}

/** Links to these addresses go, with their words. What else names a reader's own link loses it. */
function withoutLinks(html: string, addresses: readonly string[]): string {
  let left = html;
  for (const address of addresses)
    left = left.replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>[\s\S]*?<\/a>/g, (link, href: string) =>
      href === address ? '' : link,
    );
  return left.replaceAll(OWN_LINK, '');
}
