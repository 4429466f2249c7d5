import { onTestFinished } from 'vitest';
import { openSitePreview } from '../../../src/cli/context/site-preview.ts';
import { finish } from '../../../src/core/progress.ts';
import { testSite } from '../../site/support/workspace.ts';
import { contextIn } from '../../support/context.ts';

/** A small site with its preview open, and the preview's address without the slash at its end. */
export async function previewedSite(files: Readonly<Record<string, string>> = {}, settings?: string) {
  const site = testSite(
    {
      'content/_index.md': '---\ntitle: The Shop\n---\nWelcome.\n',
      'content/bread.md': '---\ntitle: Our bread\n---\nBaked at night.\n',
      'content/soon.md': '---\ntitle: Soon\ndraft: true\n---\n',
      'content/later.md': '---\ntitle: Later\npublishDate: 2199-01-01\n---\n',
      ...files,
    },
    settings,
  );
  const context = contextIn(site.root, {});
  const view = { drafts: false, future: false, clock: undefined };
  const client = context.workspace().client('shop');
  const served = await finish(openSitePreview(context, client, view, undefined));
  onTestFinished(() => served.close());
  return { site, url: served.url.replace(/\/$/, '') };
}
