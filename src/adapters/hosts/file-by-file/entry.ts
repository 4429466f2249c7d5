import type { FileEntry, Manifest } from '../../../publish/index.ts';

/** What the manifest says of one of its paths. */
export function entryOf(manifest: Manifest, path: string): FileEntry {
  const entry = manifest.files[path];
  if (!entry) throw new TypeError(`The manifest lacks ${path}.`);
  return entry;
}
