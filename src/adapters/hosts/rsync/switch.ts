import { posix } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { emptyManifest, type Manifest, type MovedAside, type Publication } from '../../../publish/index.ts';
import { fatesOf } from '../shared/foreign.ts';
import { quoteWord as q } from '../shared/shell-words.ts';
import { HostTrouble } from '../shared/trouble.ts';
import type { RemoteLayout } from './address.ts';
import { assertLock } from './lock.ts';
import type { RemoteState } from './look.ts';
import type { RemoteShell } from './shell.ts';
import { partName, SUMS } from './stage.ts';

export interface SwitchOptions {
  readonly shell: RemoteShell;
  readonly layout: RemoteLayout;
  readonly target: string;
  readonly token: string;
  /** As it was under the lock. */
  readonly before: RemoteState;
  /** What is live now, by path. */
  readonly live: ReadonlyMap<string, Digest>;
}

export interface Switched {
  /** The folder of the release that is live now. */
  readonly folder: string;
  readonly movedAside: readonly MovedAside[];
}

/**
 * Completes the release with the files of others, checks on the other side that every byte arrived, and moves the
 * link to it in one step.
 *
 * @throws LOCK_LOST, LIVE_MOVED, HostTrouble
 */
export async function switchRelease(options: SwitchOptions, publication: Publication): Promise<Switched> {
  const { shell, layout, target, before, live, token } = options;
  const { manifest } = publication;
  const owned = before.manifest ?? emptyManifest(manifest);
  const foreign = [...live].flatMap(([path, hash]) =>
    hash === owned.files[path]?.sha256 || hash === manifest.files[path]?.sha256 ? [] : [path],
  );
  const { carried, aside } = fatesOf(foreign, owned, manifest);
  const folder = nextName(before.releases, manifest.release);
  const kept = `kept/${manifest.published.replaceAll(/[-:]/g, '')}-${folder}`;
  const part = `${layout.releases}/${partName(publication)}`;
  const keep = (path: string, to: string) => `keep ${q(`${layout.root}/./${path}`)} ${q(to)}`;
  const script = `
keep() {
  mkdir -p "$(dirname -- "$2")"
  rm -f -- "$2"
  ln -P -- "$1" "$2" 2> /dev/null || cp -P -p -- "$1" "$2"
}
${assertLock(layout, token)}
if [ "$(readlink ${q(layout.root)} || true)" != ${q(linkTo(layout, before.live))} ]; then printf 'moved'; return 0; fi
mkdir -p ${q(`${part}/web`)}
( cd ${q(`${part}/web`)} && sha256sum -c ${q(`../${SUMS}`)} > /dev/null 2>&1 ) || { printf 'damaged'; return 0; }
${carried.map((path) => keep(path, `${part}/web/${path}`)).join('\n')}
${aside.map((path) => keep(path, `${layout.state}/${kept}/${path}`)).join('\n')}
mv -T ${q(part)} ${q(`${layout.releases}/${folder}`)}
sync -f ${q(layout.releases)} 2> /dev/null || sync
${assertLock(layout, token)}
rm -f ${q(`${layout.state}/next`)}
ln -s ${q(linkTo(layout, folder))} ${q(`${layout.state}/next`)}
if [ -d ${q(layout.root)} ] && [ ! -L ${q(layout.root)} ]; then rmdir ${q(layout.root)}; fi
mv -T ${q(`${layout.state}/next`)} ${q(layout.root)}
printf 'live'`;
  const outcome = await shell.run(script);
  if (outcome === 'lost') throw fail('LOCK_LOST', { target });
  if (outcome === 'moved') throw fail('LIVE_MOVED', { target });
  if (outcome !== 'live') throw new HostTrouble('other', 'what arrived there is not what was sent');
  const keptAt = (path: string) => `${posix.basename(layout.state)}/${kept}/${path}`;
  return { folder, movedAside: aside.map((path) => ({ path, keptAt: keptAt(path) })) };
}

/** Removes old releases and what stopped runs left. The live one stays, and the one before it. */
export async function pruneReleases(
  shell: RemoteShell,
  layout: RemoteLayout,
  live: string,
  names: readonly string[],
): Promise<void> {
  const older = names
    .filter((name) => numberOf(name) < numberOf(live))
    .sort((a, b) => numberOf(b) - numberOf(a));
  const isOwn = (name: string) => !Number.isNaN(numberOf(name)) || /^[0-9a-f]{64}\.part$/.test(name);
  const going = names.filter((name) => isOwn(name) && name !== live && name !== older[0]);
  if (going.length === 0) return;
  await shell.run(going.map((name) => `rm -rf -- ${q(`${layout.releases}/${name}`)}`).join('\n'));
}

/** What the root's link reads like, from where the root is; empty where there is no link yet. */
function linkTo({ above, releases }: RemoteLayout, folder: string | undefined): string {
  return folder === undefined ? '' : `${posix.relative(above, releases)}/${folder}/web`;
}

/** Releases are numbered in the order in which they went live. Other folders have no number. */
const numberOf = (name: string) => Number(/^(\d+)-[0-9a-f]{12}$/.exec(name)?.[1] ?? Number.NaN);

function nextName(names: readonly string[], release: Manifest['release']): string {
  const numbers = names.map(numberOf).filter((n) => !Number.isNaN(n));
  return `${String(Math.max(0, ...numbers) + 1).padStart(4, '0')}-${release.slice(0, 12)}`;
}

/** The newest releases first: what most files of the next one are like. */
export function newestFirst(names: readonly string[]): string[] {
  return names.filter((name) => !Number.isNaN(numberOf(name))).sort((a, b) => numberOf(b) - numberOf(a));
}
