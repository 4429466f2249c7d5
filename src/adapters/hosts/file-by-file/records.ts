import {
  type HostState,
  journalText,
  type Manifest,
  manifestText,
  type Publication,
  parseJournal,
  parseManifest,
} from '../../../publish/index.ts';
import type { SiteFiles } from './files.ts';
import type { FilesLayout } from './layout.ts';

/**
 * What sec has put there. Where a name cannot be replaced in one step, a stopped run may have left the manifest
 * under its new name only.
 *
 * @throws HOST_STATE_UNREADABLE
 */
export async function readState(files: SiteFiles, layout: FilesLayout): Promise<HostState> {
  const { target } = layout;
  const [manifest, journal] = await Promise.all([
    textAt(files, layout.manifest),
    textAt(files, layout.journal),
  ]);
  const interrupted = journal === undefined ? undefined : parseJournal(journal, target);
  const text = manifest ?? (await textAt(files, fresh(layout.manifest)));
  if (text === undefined) {
    if (!interrupted) return { kind: 'absent' };
    return { kind: 'present', manifest: parseManifest('', target), interrupted };
  }
  if (manifest === undefined && !interrupted && !isWhole(text, target)) return { kind: 'absent' };
  return { kind: 'present', manifest: parseManifest(text, target), ...(interrupted ? { interrupted } : {}) };
}

/** The name under which a record is written before it takes the old one's place. */
const fresh = (record: string): string => `${record}.new`;

export const writeManifest = (files: SiteFiles, layout: FilesLayout, manifest: Manifest): Promise<void> =>
  files.write(layout.manifest, manifestText(manifest));

export const writeJournal = (
  files: SiteFiles,
  layout: FilesLayout,
  { manifest, removals }: Publication,
): Promise<void> => files.write(layout.journal, journalText({ next: manifest, removals }));

async function textAt(files: SiteFiles, path: string): Promise<string | undefined> {
  const bytes = await files.read(path);
  return bytes && Buffer.from(bytes).toString();
}

/** A first manifest that was never finished stands for nothing: nothing is live before it is whole. */
function isWhole(text: string, target: string): boolean {
  try {
    parseManifest(text, target);
    return true;
  } catch {
    return false;
  }
}
