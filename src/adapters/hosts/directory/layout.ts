import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fail } from '../../../core/errors/index.ts';
import { type FilesLayout, layoutIn } from '../file-by-file/layout.ts';

/**
 * Where things are around a web root. `root` is what the web server points at; all else lives beside it in
 * `.NAME.sec`, where no visitor reaches it.
 */
export interface Layout extends FilesLayout {
  /** One folder per release, `0007-3f2a…`, each with `web/` and its `manifest.json`. */
  readonly releases: string;
}

export function layoutOf(target: string, root: string): Layout {
  const state = join(dirname(root), `.${basename(root)}.sec`);
  return { ...layoutIn(target, root, state), releases: join(state, 'releases') };
}

/**
 * How a web root is published to. `linked`: it is a link to a release, or nothing yet, and switches in one step.
 * `inPlace`: it is a folder that holds somebody's files, and files are replaced one by one.
 */
export type Mode =
  | { readonly kind: 'linked'; readonly live: string | undefined }
  | { readonly kind: 'inPlace' };

/** @throws HOST_STATE_UNREADABLE, and the system's errors: nothing that cannot be read counts as empty */
export function modeOf(layout: Layout): Mode {
  const there = lstatSync(layout.root, { throwIfNoEntry: false });
  if (!there) return { kind: 'linked', live: undefined };
  if (there.isSymbolicLink()) return linkMode(layout);
  if (!there.isDirectory()) throw unreadable(layout, 'it is a file, where a folder was expected');
  if (process.platform !== 'win32' && readdirSync(layout.root).length === 0)
    return { kind: 'linked', live: undefined };
  return { kind: 'inPlace' };
}

function linkMode(layout: Layout): Mode {
  const points = resolve(dirname(layout.root), readlinkSync(layout.root));
  if (points.startsWith(layout.releases + sep)) return { kind: 'linked', live: dirname(points) };
  if (!statSync(layout.root, { throwIfNoEntry: false })?.isDirectory())
    throw unreadable(layout, 'it is a link that leads nowhere');
  return { kind: 'inPlace' };
}

function unreadable({ target }: Layout, problem: string) {
  return fail('HOST_STATE_UNREADABLE', { target, problem });
}
