import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { sha256 } from '../../core/digest.ts';
import { step, type Work } from '../../core/progress.ts';
import { optionsOf, planPublish, publish } from '../../publish/index.ts';
import { makeRelease } from '../../site/release.ts';
import type { Client } from '../../workspace/index.ts';
import { bundlesDir } from './approval-bundle.ts';
import type { Context } from './context.ts';
import { claimFor, openPreviewHost } from './host.ts';

/**
 * Brings a bundle to the client's own host, beside those that are still to be answered; what was answered goes.
 *
 * @param folder absolute; one of `bundlesDir`
 * @returns its address; undefined where the client has no place for previews
 * @throws what publishing throws
 */
export async function* putBundle(
  context: Context,
  client: Client,
  folder: string,
  open: ReadonlySet<string>,
): Work<string | undefined> {
  const host = await openPreviewHost(context, client);
  const url = client.config.preview;
  if (!host || url === undefined) return undefined;
  const dir = bundlesDir(client);
  for (const name of readdirSync(dir))
    if (name !== basename(folder) && !open.has(name)) rmSync(join(dir, name), { recursive: true });
  const release = makeRelease(client.name, bundleFiles(dir));
  const guards = { maxDeletes: Number.POSITIVE_INFINITY };
  yield step(`Putting the preview on ${host.target}`);
  yield* publish({
    release,
    content: { locate: (path) => join(dir, path) },
    host,
    plan: planPublish(release, await host.state(), { ...guards, ...optionsOf(host) }),
    guards,
    claim: claimFor(context, client, 'showing a preview'),
    tool: 'sec approval',
    clock: context.clock,
    signal: context.signal,
  });
  return `${url.replace(/\/$/, '')}/${basename(folder)}/`;
}

function bundleFiles(dir: string): [string, { sha256: string; size: number }][] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const file = join(dir, path);
    if (!statSync(file).isFile()) return [];
    const bytes = readFileSync(file);
    return [[path.split(sep).join('/'), { sha256: sha256(bytes), size: bytes.length }]];
  });
}
