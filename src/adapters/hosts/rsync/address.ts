import { posix } from 'node:path';
import { fail } from '../../../core/errors/index.ts';

/** A web root on a computer that is reached over SSH. */
export interface RsyncAddress {
  readonly target: string;
  readonly host: string;
  readonly port: number;
  /** Undefined: whoever runs sec is that user there too. */
  readonly user: string | undefined;
  /** The web root: absolute, or (`rsync://host/~/www`) from the user's home folder. */
  readonly root: string;
}

const EXAMPLE = 'rsync://kaldi@web.example/srv/www/kaldi';
const hostName = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])$/;
const userName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Reads `rsync://user@host[:port]/path`. @throws HOST_URL_INVALID */
export function parseRsyncUrl(target: string): RsyncAddress {
  const shown = target.replace(/\/\/[^/@]*:[^/@]*@/, '//…@');
  const refuse = (problem: string) => fail('HOST_URL_INVALID', { target: shown, problem, example: EXAMPLE });
  const url = URL.parse(target);
  if (!url) throw refuse('it is not a whole address');
  if (url.password !== '') throw refuse('a login does not belong in site.yaml; it is stored with sec login');
  if (!hostName.test(url.hostname)) throw refuse('the host has a name that is not allowed');
  if (url.username !== '' && !userName.test(url.username))
    throw refuse('the user has a name that is not allowed');
  if (url.search !== '' || url.hash !== '') throw refuse('it holds a question mark or a #');
  return {
    target,
    host: url.hostname,
    port: Number(url.port || 22),
    user: url.username || undefined,
    root: rootOf(target, refuse),
  };
}

function rootOf(target: string, refuse: (problem: string) => Error): string {
  let path: string;
  try {
    path = decodeURIComponent(/^[a-z]+:\/\/[^/]*(.*)$/i.exec(target)?.[1] ?? '').replace(/\/+$/, '');
  } catch {
    throw refuse('it holds a % that means nothing');
  }
  const names = path.split('/').slice(1);
  if (/\p{Cc}/u.test(path)) throw refuse('the folder has a name that is not allowed');
  if (
    names.length === 0 ||
    names.some((name) => name === '' || name === '.' || name === '..' || name.startsWith('-'))
  )
    throw refuse('it does not name a folder');
  if (names[0] !== '~') return path;
  if (names.length === 1) throw refuse('it does not name a folder of its own');
  return names.slice(1).join('/');
}

/** Where things are around the web root, as on a folder of this computer: all but the root beside it. */
export interface RemoteLayout {
  readonly root: string;
  /** The folder that the root lies in. */
  readonly above: string;
  readonly state: string;
  readonly releases: string;
  readonly lock: string;
  readonly aside: string;
}

export function layoutOf({ root }: RsyncAddress): RemoteLayout {
  const above = posix.dirname(root);
  const state = posix.join(above, `.${posix.basename(root)}.sec`);
  return {
    root,
    above,
    state,
    releases: `${state}/releases`,
    lock: `${state}/lock`,
    aside: `${state}/kept`,
  };
}
