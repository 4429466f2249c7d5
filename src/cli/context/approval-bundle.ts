import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replyLinks } from '../../approval/request/mail.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import type { Secrets } from '../../approval/request/secrets.ts';
import { momentText, summaryParts } from '../../approval/words/summary-lines.ts';
import { wordsFor } from '../../approval/words/words-for.ts';
import { fail } from '../../core/errors/index.ts';
import { step, type Work } from '../../core/progress.ts';
import type { LiveChanges } from '../../site/edit/live-changes.ts';
import { type BundlePage, bundlePage } from '../../web/desk/bundle-page.ts';
import type { SharePage } from '../../web/share-page.ts';
import type { Client } from '../../workspace/index.ts';
import type { AskedFor } from './approval-subject.ts';
import type { Context } from './context.ts';
import { shareSite } from './site-share.ts';

/** Where the bundles of a client's open requests lie. */
export const bundlesDir = (client: Client) => join(client.stateDir, 'approvals', 'bundles');

/**
 * What an approver without an approval desk looks at: a folder with a name that nobody can guess, whose first page
 * says what changes and holds two prepared e-mails with a code.
 *
 * @returns the folder's absolute path
 * @throws SOURCE_CHANGED where the site is another one by now
 */
export async function* writeBundle(
  context: Context,
  client: Client,
  request: ApprovalRequest,
  secrets: Secrets,
  files: AskedFor['files'],
): Work<string> {
  const words = wordsFor(request.language);
  const { name, email } = context.workspace().config.operator;
  const business = client.config.name;
  const facts: Omit<BundlePage, 'links'> = {
    words,
    business,
    intro: words.intro[request.kind](name),
    parts: summaryParts(request.summary, words),
    replies:
      request.hashes.approve === null
        ? []
        : replyLinks(words, { business, office: { name, email }, codes: secrets }),
    until: words.mail.until(momentText(request.expires, client.timezone, words)),
  };
  const out = bundlesDir(client);
  const { privateFolder } = await import('../../adapters/files/atomic.ts');
  privateFolder(out);
  if (request.kind === 'site') {
    const firstPage = ({ link, changes }: SharePage) =>
      bundlePage({ ...facts, links: changes ? pageLinks(changes, link, words.desk.noPage) : [] });
    const shared = yield* shareSite(context, client, asItIs, out, firstPage);
    if (shared.release === request.subject) return shared.folder;
    throw fail('SOURCE_CHANGED', { file: `sites/${client.name}` });
  }
  yield step('Writing the preview');
  const folder = join(out, randomBytes(16).toString('hex'));
  const part = privateFolder(`${folder}.part`);
  const samples = [...files].filter(([name]) => name.endsWith('.html'));
  const links = samples.map(([href], n) => ({ label: words.campaign.sample(n + 1), href }));
  writeFileSync(join(part, 'index.html'), bundlePage({ ...facts, links }).text);
  writeFileSync(join(part, 'robots.txt'), 'User-agent: *\nDisallow: /\n');
  for (const [name, page] of samples) writeFileSync(join(part, name), unlisted(page));
  renameSync(part, folder);
  return folder;
}

const asItIs = { drafts: false, future: false, clock: undefined };

/** The whole site first, then each page that changes. */
function pageLinks({ added, changed }: LiveChanges, link: SharePage['link'], whole: string) {
  const pages = [{ title: whole, url: '/' }, ...added, ...changed];
  return pages.flatMap(({ title, url }) => {
    const href = link(url);
    return href === undefined ? [] : [{ label: title, href }];
  });
}

/** No search engine lists a sample, wherever it is put. */
const unlisted = (page: string) =>
  page.replace(
    /<head[^>]*>/i,
    (head) => `${head}<meta name="robots" content="noindex, nofollow, noarchive">`,
  );
