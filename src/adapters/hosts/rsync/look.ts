import { posix } from 'node:path';
import type { Digest } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { type HostState, type Manifest, parseManifest } from '../../../publish/index.ts';
import { quoteWord as q } from '../shared/shell-words.ts';
import type { RemoteLayout } from './address.ts';
import type { RemoteShell } from './shell.ts';

/** What is around the web root now. */
export interface RemoteState {
  /** The folder of the live release below `releases/`; undefined before the first one. */
  readonly live: string | undefined;
  readonly manifest: Manifest | undefined;
  /** Names of everything in `releases/`. */
  readonly releases: readonly string[];
}

/** Tells what the root is, where it leads, what releases there are, and the live one's manifest; NUL between. */
const lookScript = ({ root, above, releases }: RemoteLayout) => `
if [ ! -d ${q(above)} ]; then printf 'missing\\000'; return 0; fi
ls ${q(above)} > /dev/null
if [ -L ${q(root)} ]; then printf 'link\\000'; readlink ${q(root)}; printf '\\000'
elif [ -d ${q(root)} ]; then
  if [ -z "$(ls -A ${q(root)})" ]; then printf 'none\\000\\000'; else printf 'folder\\000\\000'; fi
elif [ -e ${q(root)} ]; then printf 'file\\000\\000'
else printf 'none\\000\\000'
fi
if [ -d ${q(releases)} ]; then ls -A ${q(releases)}; fi
printf '\\000'
if [ -L ${q(root)} ] && [ -e ${q(`${root}/../manifest.json`)} ]; then printf 'yes\\000'; cat ${q(`${root}/../manifest.json`)}; else printf 'no\\000'; fi
`;

/**
 * Reads what is there. The root must be a link into sec's own releases, or nothing yet: a folder with files in it
 * cannot be switched in one step.
 *
 * @throws HOST_FOLDER_MISSING, HOST_ROOT_REAL, HOST_STATE_UNREADABLE
 */
export async function lookAround(
  shell: RemoteShell,
  layout: RemoteLayout,
  target: string,
): Promise<RemoteState> {
  const [kind = '', link = '', names = '', has = '', ...rest] = (await shell.run(lookScript(layout))).split(
    '\0',
  );
  if (kind === 'missing') throw fail('HOST_FOLDER_MISSING', { target, missing: layout.above });
  const releases = names.split('\n').filter((name) => name !== '');
  if (kind === 'none') return { live: undefined, manifest: undefined, releases };
  const points = posix.resolve('/', layout.above, link.trimEnd());
  const own = posix.resolve('/', layout.releases);
  if (kind !== 'link' || !points.startsWith(`${own}/`))
    throw fail('HOST_ROOT_REAL', { target, root: layout.root });
  const [live = '', web] = points.slice(own.length + 1).split('/');
  if (web !== 'web' || has !== 'yes')
    throw fail('HOST_STATE_UNREADABLE', { target, problem: 'the live release has no manifest' });
  return { live, manifest: parseManifest(rest.join('\0'), target), releases };
}

export function stateOf({ manifest }: RemoteState): HostState {
  return manifest ? { kind: 'present', manifest } : { kind: 'absent' };
}

/** Up to so many paths are looked at one by one. */
const FEW = 40;

/** SHA-256 of live files, of all or of those at `paths`; of a link the word `link`. */
export async function surveyRoot(
  shell: RemoteShell,
  { root }: RemoteLayout,
  paths?: readonly string[],
): Promise<Map<string, Digest>> {
  if (paths?.length === 0) return new Map();
  const few = paths !== undefined && paths.length <= FEW ? paths : undefined;
  const [sums = '', ...links] = (await shell.run(few ? fewScript(root, few) : allScript(root))).split('\0');
  const found = new Map<string, Digest>(
    links.filter((path) => path !== '').map((path) => [clean(path), 'link']),
  );
  for (const line of sums.split('\n')) {
    const [, escaped, hash, path] = /^(\\?)([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (hash && path) found.set(clean(escaped ? unescape(path) : path), hash);
  }
  if (!paths || few) return found;
  const wanted = new Set(paths);
  return new Map([...found].filter(([path]) => wanted.has(path)));
}

const allScript = (root: string) => `
if [ -d ${q(root)} ]; then
  cd ${q(root)}
  find . -type f -exec sha256sum -- {} +
  printf '\\000'
  find . -type l -print0
fi
`;

/** Each path is asked for by itself, and no folder on the way may be a link to elsewhere. */
const fewScript = (root: string, paths: readonly string[]) => `
if [ -d ${q(root)} ]; then
  cd ${q(root)}
${paths.map((path) => `  if [ ! -L ${q(`./${path}`)} ] && [ -f ${q(`./${path}`)} ]; then sha256sum -- ${q(`./${path}`)}; fi`).join('\n')}
${paths.map((path) => `  if [ -L ${q(`./${path}`)} ]; then printf '\\000%s' ${q(`./${path}`)}; fi`).join('\n')}
fi
`;

const clean = (path: string) => path.replace(/^\.\//, '');

/** How sha256sum(1) writes a name with a backslash or a line feed. */
const unescape = (path: string) =>
  path.replaceAll(/\\([\\nr])/g, (_, mark: string) => ({ '\\': '\\', n: '\n', r: '\r' })[mark] ?? mark);
