import { z } from 'zod';
import { canonicalJson } from '../../../core/digest.ts';
import { fail } from '../../../core/errors/index.ts';
import { type Manifest, type MovedAside, manifestText, parseManifest } from '../../../publish/index.ts';
import { HostTrouble } from '../shared/trouble.ts';
import type { Deploy, NetlifyApi, Sha1 } from './api.ts';

const recordSchema = z.strictObject({
  v: z.literal(1),
  manifest: z.string(),
  sha1: z.record(z.string(), z.string()),
  madeWay: z.array(z.strictObject({ path: z.string(), keptAt: z.string() })),
});

/** What sec keeps in each deploy that it makes. */
export interface DeployRecord {
  readonly manifest: Manifest;
  /** SHA-1 of each file of the manifest, as the API lists them. */
  readonly sha1: Readonly<Record<string, Sha1>>;
  readonly madeWay: readonly MovedAside[];
}

/** A deploy of sec's own says so in its title, and under which name its record is served: one that nobody guesses. */
export interface Mark {
  readonly client: string;
  readonly nonce: string;
}

const ownTitle = /^sec: (\S+) [0-9a-f]{12} \(([0-9a-f]{32})\)$/;

export const titleOf = ({ site, release }: Manifest, nonce: string): string =>
  `sec: ${site} ${release.slice(0, 12)} (${nonce})`;

export function markOf({ title }: Deploy): Mark | undefined {
  const [, client, nonce] = ownTitle.exec(title ?? '') ?? [];
  return client !== undefined && nonce !== undefined ? { client, nonce } : undefined;
}

export const recordPath = (nonce: string): string => `.sec/${nonce}/record.json`;

/** Whether a path is for sec's own things, which are no part of the site. */
export const isOwn = (path: string): boolean => path.startsWith('.sec/');

export function recordText({ manifest, sha1, madeWay }: DeployRecord): string {
  return `${canonicalJson({ v: 1, manifest: manifestText(manifest), sha1, madeWay })}\n`;
}

/** @throws HOST_STATE_UNREADABLE, HostTrouble: a deploy of sec's whose record cannot be read is never passed over */
export async function readRecord(api: NetlifyApi, deploy: Deploy, target: string): Promise<DeployRecord> {
  const mark = markOf(deploy);
  const bytes = mark && (await api.read(deploy, recordPath(mark.nonce)));
  if (!bytes) throw new HostTrouble('other', 'the record of what is live is gone');
  const broken = (problem: string, cause?: unknown) =>
    fail('HOST_STATE_UNREADABLE', { target, problem: `its record ${problem}` }, cause);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    throw broken('is not whole', error);
  }
  const read = recordSchema.safeParse(value);
  if (!read.success) throw broken('is not of a kind that this version of sec knows', read.error);
  const { manifest, sha1, madeWay } = read.data;
  return { manifest: parseManifest(manifest, target), sha1, madeWay };
}
