import type { SiteFiles } from './files.ts';
import type { FilesLayout } from './layout.ts';

/** The layout whose records are there; undefined where there are none yet. */
export async function findRecords(
  files: SiteFiles,
  layouts: readonly FilesLayout[],
): Promise<FilesLayout | undefined> {
  for (const layout of layouts) if (await files.list(layout.state)) return layout;
  return undefined;
}

/**
 * Makes a folder for the records at the best place where the host allows one. Inside the web root a file tells the
 * Apache server to show it to nobody.
 */
export async function makeRecords(
  files: SiteFiles,
  layouts: readonly FilesLayout[],
  isRefusal: (error: unknown) => boolean,
): Promise<FilesLayout> {
  for (const layout of layouts) {
    try {
      await files.makeFolder(layout.state);
      if (layout === layouts.at(-1)) await files.write(`${layout.state}/.htaccess`, 'Require all denied\n');
      return layout;
    } catch (error) {
      if (layout === layouts.at(-1) || !isRefusal(error)) throw error;
    }
  }
  throw new TypeError('No place for records was named.');
}
