import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../src/adapters/sources/build-folder.ts';
import { openKnownFiles } from '../../src/adapters/sources/known-files.ts';
import { readSite } from '../../src/adapters/sources/read-site.ts';
import { finish } from '../../src/core/progress.ts';
import { buildSite } from '../../src/site/build.ts';
import type { PageSource } from '../../src/site/source/sources.ts';
import { contextIn } from '../support/context.ts';
import { testSite } from './support/workspace.ts';

const start = {
  'content/_index.md': '---\ntitle: Home\n---\n',
  'content/news/_index.md': '---\ntitle: News\n---\n',
  'content/news/n1.md': '---\ntitle: One\ndate: 2026-01-01\nmenu: main\n---\n[two](n2.md)\n',
  'content/news/n2.md': '---\ntitle: Two\ndate: 2026-02-01\n---\nText.\n',
  'content/news/n3.md': '---\ntitle: Three\ndate: 2026-03-01\n---\nText.\n',
  'layouts/article.hbs':
    '{{page.title}} {{#with page.previous}}{{title}}{{/with}} {{#with page.next}}{{title}}{{/with}} {{#with page.parent}}{{title}}{{/with}} {{site.name}} {{#each site.menu}}{{label}}{{/each}} {{{content}}}',
};

/** A site of which, once it was built, only one page can still be read. */
function oneReadable(path: string) {
  const site = testSite(start);
  const context = contextIn(site.root, {});
  const dir = join(site.root, '.sec/clients/shop/build');
  return async (isFirst: boolean) => {
    const client = context.workspace().client('shop');
    // Files count as rested at once: their times have parts of a millisecond, and may lie after the clock's.
    const known = openKnownFiles(dir, -1);
    const sources = await readSite(
      { site: client.siteDir, theme: site.path('templates/site/tiny'), extra: [] },
      { name: context.workspace().relative, measure: async (asset) => asset, known },
    );
    const closed = (page: PageSource): PageSource =>
      isFirst || page.path === path
        ? page
        : Object.defineProperty({ ...page }, 'text', {
            get: () => expect.fail(`${page.path} was read`),
          });
    const result = await finish(
      buildSite({
        client,
        sources: {
          ...sources,
          content: sources.content.map(closed),
          fronts: isFirst
            ? sources.fronts
            : { get: () => expect.fail('the site was arranged anew'), set: () => {} },
        },
        promotions: [],
        now: Temporal.Instant.from('2026-06-01T09:00:00Z'),
        drafts: false,
        future: false,
        store: buildFolder(dir, 'shop'),
        isKept: true,
        maker: 'test',
        notices: [],
        pictures: { make: () => expect.fail('there are no pictures') },
        keepSources: () => {},
        elapsed: () => 0,
      }),
    );
    return { site, text: (file: string) => site.read(result, file), pages: result.pages };
  };
}

describe('a build after one text changed', () => {
  it('asks nothing of the other pages, and shows of them what it showed', async () => {
    const build = oneReadable('news/n2.md');
    const { site, text } = await build(true);
    expect(text('news/n2/index.html')).toBe('Two One Three News The Shop One <p>Text.</p>\n');
    site.write({ 'content/news/n2.md': '---\ntitle: Two\ndate: 2026-02-01\n---\nOther.\n' });
    const again = await build(false);
    expect(again.pages).toMatchObject({ rendered: 1 });
    expect(again.text('news/n2/index.html')).toBe('Two One Three News The Shop One <p>Other.</p>\n');
  });

  it('cleans raw HTML that it did not have before', async () => {
    const build = oneReadable('news/n2.md');
    const { site } = await build(true);
    site.write({
      'content/news/n2.md': '---\ntitle: Two\ndate: 2026-02-01\n---\n<b onclick="run()">raw</b>\n',
    });
    expect((await build(false)).text('news/n2/index.html')).toContain('<p><b>raw</b></p>');
  });
});
