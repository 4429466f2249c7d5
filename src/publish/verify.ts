import type { Digest } from '../core/digest.ts';
import type { Release } from '../site/release.ts';
import type { Host } from './host.ts';

/** The site as visitors reach it. */
export interface LiveSite {
  readonly url: string;
  /**
   * Hash of what a visitor gets for `path`, past caches; undefined where the answer is not a page (404 and the
   * like). Throws where nothing answers in time.
   */
  hash(path: string): Promise<Digest | undefined>;
}

export interface Verification {
  readonly checked: number;
  /** Changed files whose live bytes are not the release's. */
  readonly mismatched: readonly string[];
  /** Files of the sample, which this publication did not touch, that somebody else changed on the host. */
  readonly drifted: readonly string[];
  /** Of the checked ones, how many through the site's address, and how many by reading the host's files. */
  readonly overHttp: number;
  readonly readBack: number;
  /** The site's address answers, but not with this release: it is served from elsewhere, or through a cache. */
  readonly servedElsewhere: boolean;
}

/** At most so many files are fetched through the site's address; the others are read back. */
const HTTP_LIMIT = 200;
const HTTP_AT_ONCE = 8;
/** Unchanged files that are looked at as well. Reading one back is a transfer of its own on most hosts. */
const SAMPLE = { overHttp: 10, readBack: 3 };

/** Nothing was published, so nothing was checked. */
export const nothingVerified: Verification = {
  checked: 0,
  mismatched: [],
  drifted: [],
  overHttp: 0,
  readBack: 0,
  servedElsewhere: false,
};

/**
 * Checks by hash that the changed files and a sample of the others are live: through the site's address where
 * it answers with this release, else, and for whatever differs there, by reading the host's files.
 */
export async function verify(
  release: Release,
  changed: readonly string[],
  host: Host,
  site: LiveSite | undefined,
): Promise<Verification> {
  const touched = new Set(changed);
  const all = [...release.files.keys()];
  const isRight = (path: string, hash: Digest | undefined) => release.files.get(path)?.sha256 === hash;
  const answer = site ? await probe(site, probePath(changed.length > 0 ? changed : all), isRight) : 'silent';
  const others = sample(all, answer === 'right' ? SAMPLE.overHttp : SAMPLE.readBack);
  const paths = [...new Set([...changed, ...others])];
  const fetched =
    site && answer === 'right'
      ? await fetchRight(site, sample(paths, HTTP_LIMIT), isRight)
      : new Set<string>();
  const rest = paths.filter((path) => !fetched.has(path));
  const live = rest.length > 0 ? await host.hashes(rest) : new Map<string, Digest>();
  const wrong = rest.filter((path) => !isRight(path, live.get(path)));
  return {
    checked: paths.length,
    mismatched: wrong.filter((path) => touched.has(path)),
    drifted: wrong.filter((path) => !touched.has(path)),
    overHttp: fetched.size,
    readBack: rest.length,
    servedElsewhere: answer === 'other',
  };
}

type IsRight = (path: string, hash: Digest | undefined) => boolean;

async function probe(site: LiveSite, path: string, isRight: IsRight): Promise<'right' | 'other' | 'silent'> {
  try {
    return isRight(path, await site.hash(path)) ? 'right' : 'other';
  } catch {
    return 'silent';
  }
}

/** The paths that the site's address serves as published. */
async function fetchRight(site: LiveSite, paths: readonly string[], isRight: IsRight): Promise<Set<string>> {
  const right = new Set<string>();
  const queue = paths.values();
  const work = async () => {
    for (const path of queue) if ((await probe(site, path, isRight)) === 'right') right.add(path);
  };
  await Promise.all(Array.from({ length: HTTP_AT_ONCE }, work));
  return right;
}

/** A changed page says most; a file that is not a page may be served with changes of the server's own. */
const probePath = (paths: readonly string[]) =>
  paths.find((path) => path.endsWith('.html')) ?? paths[0] ?? '';

/** `n` of the words, evenly spread. */
function sample(words: readonly string[], n: number): string[] {
  if (words.length <= n) return [...words];
  return Array.from({ length: n }, (_, k) => words[Math.floor((k * words.length) / n)] ?? '');
}
