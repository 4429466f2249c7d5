import { z } from 'zod';
import type { Manifest } from '../../../publish/index.ts';
import type { FileStat, SiteFiles } from './files.ts';
import type { FilesLayout } from './layout.ts';

const stampsSchema = z.strictObject({
  v: z.literal(1),
  /** The `tree` of the manifest that they belong to. */
  tree: z.string(),
  files: z.record(z.string(), z.string()),
});

/** Size and time of files as sec left them, by path. A file that still has both is taken for unchanged. */
export type Stamps = Readonly<Record<string, string>>;

export const stampOf = ({ size, modified }: Pick<FileStat, 'size' | 'modified'>): string | undefined =>
  modified === undefined ? undefined : `${size} ${modified}`;

/** None where they are not those of this manifest: what they would vouch for is read then. */
export async function readStamps(files: SiteFiles, layout: FilesLayout, { tree }: Manifest): Promise<Stamps> {
  const bytes = await files.read(layout.stamps);
  if (!bytes) return {};
  try {
    const read = stampsSchema.safeParse(JSON.parse(Buffer.from(bytes).toString()));
    return read.success && read.data.tree === tree ? read.data.files : {};
  } catch {
    return {};
  }
}

/** Writes nothing for a place that tells no times. */
export async function writeStamps(
  files: SiteFiles,
  layout: FilesLayout,
  { tree, files: owned }: Manifest,
  stamps: Stamps,
): Promise<void> {
  const kept = Object.fromEntries(Object.entries(stamps).filter(([path]) => Object.hasOwn(owned, path)));
  if (Object.keys(kept).length === 0) return;
  await files.write(layout.stamps, `${JSON.stringify({ v: 1, tree, files: kept })}\n`);
}
