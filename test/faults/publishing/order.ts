import { join } from 'node:path';
import type { S3Keys } from '../../../src/adapters/hosts/s3/store.ts';
import type { Host, Secrets } from '../../../src/publish/index.ts';
import { testClock } from '../../support/publication.ts';

/** All that a process needs to open a host on a server; it fits into JSON. */
export type HostOrder =
  | { readonly kind: 'sftp' | 'ftp'; readonly url: string; readonly secrets: Secrets }
  | { readonly kind: 's3'; readonly url: string; readonly keys: S3Keys }
  | { readonly kind: 'netlify'; readonly api: string; readonly site: string; readonly token: string }
  | {
      readonly kind: 'git' | 'rsync';
      readonly url: string;
      readonly login: { readonly knownHosts: string; readonly keyFile: string };
      readonly stateDir: string;
    };

/** How soon a run gives up. */
export interface Patience {
  /** Seconds without an answer after which a connection counts as lost. */
  readonly seconds: number;
  /** How often a step is tried. */
  readonly attempts: number;
}

const PAUSE_MS = 20;

/** Opens the host that an order describes; of the kinds of hosts only this one is loaded, as in sec itself. */
export async function openOrder(order: HostOrder, { seconds, attempts }: Patience): Promise<Host> {
  const common = { client: 'kaldi', clock: testClock };
  const silence = seconds * 1000;
  const patience = { silence, attempts, pause: PAUSE_MS };
  if ('secrets' in order) {
    const waits = Array.from({ length: attempts - 1 }, (_, n) => PAUSE_MS * 2 ** n);
    const options = {
      clock: testClock,
      credentials: async () => order.secrets,
      patience: { silence, waits },
    };
    return order.kind === 'ftp'
      ? (await import('../../../src/adapters/hosts/ftp.ts')).ftpHost(order.url, options)
      : (await import('../../../src/adapters/hosts/sftp.ts')).sftpHost(order.url, options);
  }
  if (order.kind === 's3') {
    const [{ s3Host }, { parseS3Url }, { objectStore }] = await Promise.all([
      import('../../../src/adapters/hosts/s3.ts'),
      import('../../../src/adapters/hosts/s3/address.ts'),
      import('../../../src/adapters/hosts/s3/store.ts'),
    ]);
    const address = parseS3Url(order.url, {});
    const connect = () => objectStore({ address, keys: order.keys, patience });
    return s3Host({ ...common, address, connect });
  }
  if (order.kind === 'netlify') {
    const [{ netlifyHost }, { parseNetlifyUrl }, { netlifyApi }] = await Promise.all([
      import('../../../src/adapters/hosts/netlify.ts'),
      import('../../../src/adapters/hosts/netlify/address.ts'),
      import('../../../src/adapters/hosts/netlify/api.ts'),
    ]);
    const target = `netlify:${order.site}`;
    const address = parseNetlifyUrl(target, { NETLIFY_API_URL: order.api });
    const connect = async () => netlifyApi({ address, token: order.token, patience, poll: 2 });
    return netlifyHost({ ...common, target, settle: 20, connect });
  }
  const { stateDir, url } = order;
  const control = join(stateDir, `../c${process.pid}${Math.random().toString(36).slice(2, 8)}`);
  const ssh = { ...order.login, control, patience: seconds };
  const local = { ...common, stateDir, env: process.env };
  if (order.kind === 'rsync') {
    const { rsyncHost } = await import('../../../src/adapters/hosts/rsync.ts');
    const { parseRsyncUrl } = await import('../../../src/adapters/hosts/rsync/address.ts');
    return rsyncHost({ ...local, address: parseRsyncUrl(url), login: async () => ssh });
  }
  const { gitHost } = await import('../../../src/adapters/hosts/git.ts');
  const { parseGitUrl } = await import('../../../src/adapters/hosts/git/address.ts');
  return gitHost({ ...local, address: parseGitUrl(url), login: async () => ({ ssh }) });
}
