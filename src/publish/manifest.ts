import { z } from 'zod';
import { canonicalJson, type Digest, digestOf } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import type { Release } from '../site/release.ts';
import { pathProblem } from './paths.ts';

const sha = z.string().regex(/^[0-9a-f]{64}$/);
export const fileEntry = z.strictObject({
  sha256: sha,
  size: z.int().min(0),
  headers: z.record(z.string(), z.string()),
});
const manifestSchema = z.strictObject({
  v: z.literal(1),
  site: z.string().min(1),
  target: z.string().min(1),
  release: sha,
  parent: sha.nullable(),
  tree: sha,
  approval: sha.nullable(),
  tool: z.string(),
  published: z.string(),
  files: z.record(z.string(), fileEntry),
});

/** One file of a manifest: its hash, its bytes, and the HTTP headers it is served with where the host sets them. */
export type FileEntry = z.output<typeof fileEntry>;

/**
 * What sec has put on a host: the only ground on which anything is ever removed there. `release` is what was
 * published, `tree` guards the list of files itself, `parent` is the release before, `approval` the digest of
 * the statement under which it went live.
 */
export type Manifest = z.output<typeof manifestSchema>;

/** The HTTP headers of a path, on hosts that are told them. */
export type HeadersOf = (path: string) => Readonly<Record<string, string>>;

export interface ManifestFacts {
  readonly target: string;
  readonly parent: Digest | undefined;
  readonly approval?: Digest | undefined;
  /** The version of sec. */
  readonly tool: string;
  readonly now: Temporal.Instant;
  readonly headers?: HeadersOf | undefined;
}

/**
 * Stands for the headers of a release's files, on a host that is told them; undefined for one that is not. What a
 * client approves is the bytes and how they are served.
 */
export function headersDigest(
  { files }: Pick<Release, 'files'>,
  host: { readonly headers?: HeadersOf },
): Digest | undefined {
  if (!host.headers) return undefined;
  const told = [...files.keys()].map((path) => [path, host.headers?.(path)]);
  return digestOf(told);
}

/** The manifest of a release on its way to `target`. */
export function makeManifest(
  release: Release,
  { target, parent, approval, tool, now, headers }: ManifestFacts,
): Manifest {
  const entries = [...release.files].map(([path, { sha256, size }]) => [
    path,
    { sha256, size, headers: headers?.(path) ?? {} },
  ]);
  const files: Manifest['files'] = Object.fromEntries(entries);
  return {
    v: 1,
    site: release.client,
    target,
    release: release.digest,
    parent: parent ?? null,
    tree: digestOf(files),
    approval: approval ?? null,
    tool,
    published: now.toString({ smallestUnit: 'second' }),
    files,
  };
}

/** The manifest of a host on which nothing has gone live yet, kept as the ground for what comes. */
export function emptyManifest(next: Manifest): Manifest {
  const files = {};
  return { ...next, release: digestOf([]), parent: null, tree: digestOf(files), approval: null, files };
}

export const manifestText = (manifest: Manifest): string => `${canonicalJson(manifest)}\n`;

/**
 * Reads a manifest as it lies on a host. It comes from outside: a damaged list, or a path that leads out of the
 * web root, is refused.
 *
 * @throws HOST_STATE_UNREADABLE
 */
export function parseManifest(text: string, target: string): Manifest {
  const broken = (problem: string, cause?: unknown) =>
    fail('HOST_STATE_UNREADABLE', { target, problem: `its manifest ${problem}` }, cause);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken('is not whole', error);
  }
  const read = manifestSchema.safeParse(value);
  if (!read.success) throw broken('is not of a kind that this version of sec knows', read.error);
  if (digestOf(read.data.files) !== read.data.tree) throw broken('was changed by hand');
  checkFiles(read.data.files, broken);
  return read.data;
}

/** Refuses a list from outside that names a path which could lead out of the web root. */
export function checkFiles(
  files: Readonly<Record<string, FileEntry>>,
  broken: (problem: string) => Error,
): void {
  const unsafe = Object.keys(files).find((path) => pathProblem(path) !== undefined);
  if (unsafe !== undefined) throw broken(`names the unsafe path ${JSON.stringify(unsafe)}`);
}
