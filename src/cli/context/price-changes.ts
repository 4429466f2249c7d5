import { readFileSync } from 'node:fs';
import { changesPrices } from '../../approval/rules/money.ts';
import type { PublishPlan } from '../../publish/index.ts';
import type { ReleaseContent } from '../../site/release.ts';
import type { Client } from '../../workspace/index.ts';
import { openReleases } from './releases.ts';

/**
 * Whether a publication would change an amount of money on any page. Where the live release is not kept here, a
 * page counts with every amount that it names.
 */
export async function planChangesPrices(
  client: Client,
  { parent, uploads, removals }: PublishPlan,
  content: ReleaseContent,
): Promise<boolean> {
  const live = await liveContent(client, parent);
  const isText = (path: string) => /\.(html?|json|txt|xml)$/i.test(path);
  const before = (path: string) => {
    try {
      return live ? readFileSync(live.locate(path), 'utf8') : '';
    } catch {
      return '';
    }
  };
  return (
    uploads.some(
      ({ path }) => isText(path) && changesPrices(before(path), readFileSync(content.locate(path), 'utf8')),
    ) || Object.keys(removals).some((path) => isText(path) && changesPrices(before(path), ''))
  );
}

async function liveContent(client: Client, parent: string | undefined): Promise<ReleaseContent | undefined> {
  if (parent === undefined) return undefined;
  try {
    return (await (await openReleases(client)).find(parent)).content;
  } catch {
    return undefined;
  }
}
