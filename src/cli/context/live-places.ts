import { join, sep } from 'node:path';
import { truePath } from '../../adapters/files/true-path.ts';
import { fail } from '../../core/errors/index.ts';
import { folded } from '../../publish/paths.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** A client, and a folder of this computer that its website takes up: absolute, links followed. */
export interface LivePlace {
  readonly client: string;
  readonly folder: string;
}

/** What becomes part of a website at the next build, or shapes it. */
const sources = ['sites', 'campaigns', 'templates'];

/** The folders that the websites of all clients take up here. A client whose own file is broken stops nobody else. */
export async function livePlaces(workspace: Workspace): Promise<LivePlace[]> {
  const { placesOf } = await import('../../adapters/hosts/registry.ts');
  return workspace.clientNames().flatMap((client) => {
    const config = attempt(() => workspace.client(client).config);
    const urls = config ? [config.host ?? '', ...Object.values(config.hosts)] : [];
    return urls
      .flatMap((url) => attempt(() => placesOf(url, workspace.root)) ?? [])
      .map((folder) => ({ client, folder }));
  });
}

/** Whether something written to `path` lands in a website, live or at its next build. @returns what is there, in words */
export async function liveAt(workspace: Workspace, path: string): Promise<string | undefined> {
  const place = truePath(path);
  const root = truePath(workspace.root);
  const source = sources.find((name) => isWithin(join(root, name), place));
  if (source !== undefined) return `the folder ${source} of the workspace`;
  const live = (await livePlaces(workspace)).find(({ folder }) => isWithin(folder, place));
  return live && `the website of "${live.client}"`;
}

/**
 * Refuses to write into a website from the side: only a publication puts something there, past the client's rules.
 *
 * @param path absolute
 * @param options.whole whether a tree of folders is written, which may also reach down into a website below
 * @throws PLACE_LIVE
 */
export async function refuseLivePlace(
  context: Context,
  path: string,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<void> {
  const workspace = context.workspace();
  const below = async () => {
    const place = truePath(path);
    const live = (await livePlaces(workspace)).find(({ folder }) => isWithin(place, folder));
    return live && `the website of "${live.client}" below it`;
  };
  const there = (await liveAt(workspace, path)) ?? (whole ? await below() : undefined);
  if (there !== undefined) throw fail('PLACE_LIVE', { place: workspace.relative(path), there });
}

/** Whether two folders have room in common. Spellings that are one name on some disks count as one. */
export const overlap = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a);

function isWithin(folder: string, path: string): boolean {
  const [outer, inner] = [folded(folder), folded(path)];
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
