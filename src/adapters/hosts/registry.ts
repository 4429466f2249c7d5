import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Host, HostLogin } from '../../publish/index.ts';
import { truePath } from '../files/true-path.ts';
import { layoutOf } from './directory/layout.ts';
import type { HostOptions } from './options.ts';

/** What a host is opened and logged in to by. */
export interface HostKind {
  open(url: string, options: HostOptions): Promise<Host>;
  /** Absent for hosts that need no login. */
  login?(url: string, options: Omit<HostOptions, 'credentials'>): Promise<HostLogin>;
}

/** One entry per kind of host. A host is loaded when a client has one of its kind. */
const kinds: Readonly<Record<string, HostKind>> = {
  file: {
    async open(url, options) {
      const { directoryHost } = await import('./directory.ts');
      const folder = folderOf(url, options.workspace);
      return directoryHost({ target: url, folder, ...options });
    },
  },
  sftp: {
    open: async (url, options) => (await import('./sftp.ts')).sftpHost(url, options),
    login: async (url) => (await import('./sftp/login.ts')).sftpLogin(url),
  },
  ftp: {
    open: async (url, options) => (await import('./ftp.ts')).ftpHost(url, options),
    login: async (url, options) => (await import('./ftp/login.ts')).ftpLogin(url, options),
  },
  git: {
    open: async (url, options) => (await import('./git/open.ts')).openGit(url, options),
    login: async (url, options) => (await import('./git/login.ts')).gitLogin(url, options),
  },
  s3: {
    open: async (url, options) => (await import('./s3/open.ts')).openS3(url, options),
    login: async (url, options) => (await import('./s3/open.ts')).s3Login(url, options),
  },
  rsync: {
    open: async (url, options) => (await import('./rsync/open.ts')).openRsync(url, options),
    login: async (url, options) => (await import('./rsync/open.ts')).rsyncLogin(url, options),
  },
  netlify: {
    open: async (url, options) => (await import('./netlify/open.ts')).openNetlify(url, options),
    login: async (url, options) => (await import('./netlify/open.ts')).netlifyLogin(url, options),
  },
};

/**
 * The host that a URL of site.yaml names.
 *
 * @throws HOST_KIND_UNKNOWN, HOST_URL_SECRET, HOST_FOLDER_UNSAFE
 */
export function openHost(url: string, options: HostOptions): Promise<Host> {
  return kindOf(url).open(url, options);
}

/**
 * How the host that a URL names is logged in to; undefined where it needs no login.
 *
 * @throws HOST_KIND_UNKNOWN, HOST_URL_SECRET
 */
export async function hostLogin(
  url: string,
  options: Omit<HostOptions, 'credentials'>,
): Promise<HostLogin | undefined> {
  return kindOf(url).login?.(url, options);
}

function kindOf(url: string): HostKind {
  const scheme = /^([a-z][a-z0-9]*)[:+]/i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (/^[a-z0-9+.-]*:\/\/[^/@]*:[^/]*@/i.test(url)) throw fail('HOST_URL_SECRET', { kind: scheme });
  const kind = Object.hasOwn(kinds, scheme) ? kinds[scheme] : undefined;
  if (!kind) throw fail('HOST_KIND_UNKNOWN', { scheme: scheme || url, known: Object.keys(kinds) });
  return kind;
}

/** Folders of a workspace that hold its sources and its state. */
const workspaceOwn = ['.sec', '.git', 'sites', 'campaigns', 'templates', 'node_modules'];

/**
 * The folder that a `file:` URL names, absolute. `file:public/kaldi` is relative to the workspace;
 * `file:/srv/www` and `file:///srv/www` are absolute.
 *
 * @throws HOST_FOLDER_UNSAFE for a folder that holds the workspace or belongs to its sources
 */
export function folderOf(url: string, workspace: string): string {
  const named = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '');
  const folder = resolve(workspace, named);
  const unsafe = (problem: string) => fail('HOST_FOLDER_UNSAFE', { target: url, problem });
  if (named === '' || basename(folder) === '' || dirname(folder) === folder)
    throw unsafe('it names no folder');
  const office = truePath(workspace);
  for (const place of rootAndWhereItLeads(folder)) {
    if (office === place || office.startsWith(place + sep)) throw unsafe('the workspace itself is in it');
    const first = relative(office, place).split(sep)[0] ?? '';
    if (workspaceOwn.includes(first.toLowerCase()))
      throw unsafe(`${first} is a folder of the workspace's own`);
  }
  return folder;
}

/**
 * Every folder of this computer that a site at this URL takes up: where it is served from, where that leads, and
 * what sec keeps beside it. None for a host elsewhere.
 *
 * @throws HOST_FOLDER_UNSAFE
 */
export function placesOf(url: string, workspace: string): string[] {
  if (!/^file:/i.test(url)) return [];
  const places = rootAndWhereItLeads(folderOf(url, workspace));
  return [...places, layoutOf(url, places[0]).state];
}

function rootAndWhereItLeads(folder: string): readonly [root: string, leadsTo: string] {
  return [join(truePath(dirname(folder)), basename(folder)), truePath(folder)];
}
