import { type Dirent, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BriefText } from '../../campaign/brief/parse.ts';

/** Names of the campaigns in a client's folder, sorted; none where the folder is not there yet. */
export function listCampaigns(campaignsDir: string): string[] {
  return entries(campaignsDir)
    .filter((entry) => entry.isDirectory() && entries(join(campaignsDir, entry.name)).some(isMain))
    .map(({ name }) => name)
    .sort();
}

/**
 * The brief and its translations.
 *
 * @param dir absolute path of a campaign that `listCampaigns` named
 * @param relative how errors name a path
 */
export function readBriefs(
  dir: string,
  relative: (path: string) => string,
): { main: BriefText; translations: BriefText[] } {
  const read = (name: string) => {
    const path = join(dir, name);
    return { file: relative(path), text: readFileSync(path, 'utf8') };
  };
  const translations = entries(dir).flatMap((entry) => {
    const language = entry.isFile()
      ? /^campaign\.([a-z]{2,3}(?:-[A-Z]{2})?)\.md$/.exec(entry.name)?.[1]
      : undefined;
    return language ? [{ language, ...read(entry.name) }] : [];
  });
  return { main: read('campaign.md'), translations: translations.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

const isMain = (entry: Dirent) => entry.isFile() && entry.name === 'campaign.md';

function entries(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Writes a new brief, and never over one that is there.
 *
 * @returns whether it was written; false where the campaign exists
 */
export function createBrief(dir: string, text: string): boolean {
  mkdirSync(dir, { recursive: true });
  try {
    writeFileSync(join(dir, 'campaign.md'), text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
