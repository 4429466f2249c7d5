import { join } from 'node:path';
import { parseGitUrl } from '../../src/adapters/hosts/git/address.ts';
import { gitHost } from '../../src/adapters/hosts/git.ts';
import { parseNetlifyUrl } from '../../src/adapters/hosts/netlify/address.ts';
import { netlifyApi } from '../../src/adapters/hosts/netlify/api.ts';
import { netlifyHost } from '../../src/adapters/hosts/netlify.ts';
import { parseRsyncUrl } from '../../src/adapters/hosts/rsync/address.ts';
import { rsyncHost } from '../../src/adapters/hosts/rsync.ts';
import { parseS3Url } from '../../src/adapters/hosts/s3/address.ts';
import { objectStore, type S3Keys } from '../../src/adapters/hosts/s3/store.ts';
import { s3Host } from '../../src/adapters/hosts/s3.ts';
import type { Host } from '../../src/publish/index.ts';
import { testClock } from '../support/publication.ts';

interface Login {
  readonly knownHosts: string;
  readonly keyFile: string;
}

/** A place on a server, as words that another process understands. */
export type FarPlace =
  | { readonly kind: 's3'; readonly url: string; readonly keys: S3Keys }
  | { readonly kind: 'netlify'; readonly api: string; readonly site: string; readonly token: string }
  | {
      readonly kind: 'git' | 'rsync';
      readonly url: string;
      readonly login: Login;
      readonly stateDir: string;
    };

/**
 * Opens the place.
 *
 * @param seconds without an answer after which a connection counts as lost
 * @param attempts how often a request is made before it counts as failed
 */
export function openFar(place: FarPlace, seconds: number, attempts = 3): Host {
  const common = { client: 'kaldi', clock: testClock };
  const patience = { silence: seconds * 1000, attempts, pause: 5 };
  if (place.kind === 's3') {
    const address = parseS3Url(place.url, {});
    return s3Host({
      ...common,
      address,
      connect: () => objectStore({ address, keys: place.keys, patience }),
    });
  }
  if (place.kind === 'netlify') {
    const target = `netlify:${place.site}`;
    const address = parseNetlifyUrl(target, { NETLIFY_API_URL: place.api });
    const connect = async () => netlifyApi({ address, token: place.token, patience, poll: 2 });
    return netlifyHost({ ...common, target, settle: 20, connect });
  }
  const { stateDir } = place;
  const control = join(stateDir, `../c${process.pid}${Math.random().toString(36).slice(2, 8)}`);
  const ssh = { ...place.login, control, patience: seconds };
  if (place.kind === 'rsync')
    return rsyncHost({
      ...common,
      address: parseRsyncUrl(place.url),
      stateDir,
      env: process.env,
      login: async () => ssh,
    });
  const address = parseGitUrl(place.url);
  return gitHost({ ...common, address, stateDir, env: process.env, login: async () => ({ ssh }) });
}
