import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { contentType } from '../core/content-type.ts';
import type { Handler } from './loopback.ts';

/**
 * Serves a folder the way a plain web host does: `/page/` is `page/index.html`, what is missing is 404.html.
 * Only what is inside the folder, no listing. The folder is looked up anew for each request, so that a release
 * that is switched while this runs is seen at once.
 */
export function folderHandler(root: string): Handler {
  return async ({ pathname }) => {
    const found = await locate(root, pathname);
    if (found && !found.file)
      return new Response(null, { status: 301, headers: { location: `${pathname}/` } });
    if (found?.file) return fileResponse(found.file, 200);
    const missing = await locate(root, '/404.html');
    return missing?.file ? fileResponse(missing.file, 404) : new Response('Not found\n', { status: 404 });
  };
}

async function fileResponse(path: string, status: number): Promise<Response> {
  const headers = {
    'content-type': contentType(path),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return new Response(await readFile(path), { status, headers });
}

/** The file behind an address; `file` is absent for a folder whose address lacks its slash. */
async function locate(root: string, pathname: string): Promise<{ file?: string } | undefined> {
  try {
    const base = await realpath(root);
    const name = decodeURIComponent(pathname);
    if (name.includes('\0') || name.includes('\\')) return undefined;
    const real = await realpath(join(base, name.endsWith('/') ? `${name}index.html` : name));
    if (real !== base && !real.startsWith(base + sep)) return undefined;
    return (await stat(real)).isDirectory() ? {} : { file: real };
  } catch {
    return undefined;
  }
}
