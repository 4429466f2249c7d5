import { fail } from '../../../core/errors/index.ts';
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
    recordAt(files, layout.manifest, (text) => parseManifest(text, target)),
    recordAt(files, layout.journal, (text) => parseJournal(text, target)),
  ]);
  if (!manifest && !journal) return { kind: 'absent' };
  if (!manifest)
    throw fail('HOST_STATE_UNREADABLE', { target, problem: 'its manifest is gone, its journal is not' });
  return { kind: 'present', manifest, ...(journal ? { interrupted: journal } : {}) };
}

/**
 * A record, or the new one where the old one was taken away for it and nothing more was done. A new one that is not
 * whole was never finished, and stands for nothing.
 */
async function recordAt<Record>(
  files: SiteFiles,
  path: string,
  parse: (text: string) => Record,
): Promise<Record | undefined> {
  const text = await textAt(files, path);
  if (text !== undefined) return parse(text);
  const newer = await textAt(files, fresh(path));
  try {
    return newer === undefined ? undefined : parse(newer);
  } catch {
    return undefined;
  }
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
