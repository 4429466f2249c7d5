import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseRsyncUrl } from '../../../src/adapters/hosts/rsync/address.ts';
import { rsyncHost } from '../../../src/adapters/hosts/rsync.ts';
import { contractClock, hostContract } from '../../contracts/host.ts';
import { isLeftOutWithout } from '../../support/programs.ts';
import { publishTo, release } from '../../support/publish.ts';
import { makeKey, publicKey, type SshServer, startSshd } from '../../support/sshd.ts';

const isLeftOut = isLeftOutWithout('openssh-server', 'sshd') || isLeftOutWithout('rsync', 'rsync');
let keys: string;
let sshd: SshServer;

interface Way {
  readonly now?: string | undefined;
  readonly control?: string;
}

function place(name = 'www') {
  const dir = mkdtempSync(join(tmpdir(), 'sec-rsync-'));
  const root = join(dir, 'far', name);
  mkdirSync(dirname(root));
  const url = `rsync://${sshd.user}@127.0.0.1:${sshd.port}${encodeURI(root)}`;
  const hostWith = (knownHosts: string, { now, control }: Way = {}) =>
    rsyncHost({
      address: parseRsyncUrl(url),
      client: 'kaldi',
      stateDir: join(dir, 'state'),
      clock: contractClock(now),
      env: process.env,
      login: async () => ({ knownHosts, keyFile: sshd.keyFile, control, patience: 20 }),
    });
  return {
    dir,
    root,
    hostWith,
    open: (now?: string) => hostWith(sshd.knownHosts, { now, control: join(keys, 'c') }),
    live: async () => texts(root),
    before: [],
    async put(path: string, text: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      rmSync(join(root, path), { force: true });
      writeFileSync(join(root, path), text);
    },
    remove: async (path: string) => rmSync(join(root, path)),
    aside: async () => Object.values(texts(join(dirname(root), `.${name}.sec/kept`))),
    dispose: async () => rmSync(dir, { recursive: true, force: true }),
  };
}

function texts(dir: string): Record<string, string> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => lstatSync(join(dir, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}

function placeForTest(name?: string) {
  const made = place(name);
  onTestFinished(() => made.dispose());
  return made;
}

describe.skipIf(isLeftOut)('a computer behind SSH', () => {
  beforeAll(async () => {
    keys = mkdtempSync(join(tmpdir(), 'sec-sshd-'));
    sshd = await startSshd(keys);
  });
  afterAll(async () => {
    await sshd?.stop();
    rmSync(keys, { recursive: true, force: true });
  });

  hostContract('rsync over SSH', async () => place());

  it('has no trouble with a folder whose name a shell would read as more', async () => {
    const { open, live } = placeForTest("it's $(touch x) a;b");
    await publishTo(open(), { 'index.html': '1', "o'clock $HOME.html": 'a' });
    await publishTo(open(), { 'index.html': '2' });
    expect(await live()).toEqual({ 'index.html': '2' });
  });

  it('sends a page that did not change only once: it is the same file there', async () => {
    const { open, root } = placeForTest();
    await publishTo(open(), { 'index.html': '1', 'a.html': 'a' });
    const before = statSync(join(root, 'a.html')).ino;
    await publishTo(open(), { 'index.html': '2', 'a.html': 'a' });
    expect(statSync(join(root, 'a.html')).ino).toBe(before);
  });

  it('says so where the web root is a real folder, and leaves it alone', async () => {
    const { open, root } = placeForTest();
    mkdirSync(root);
    writeFileSync(join(root, 'theirs.html'), 'theirs');
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_ROOT_REAL' });
    await expect(publishTo(open(), { 'index.html': '1' })).rejects.toMatchObject({ code: 'HOST_ROOT_REAL' });
    expect(texts(root)).toEqual({ 'theirs.html': 'theirs' });
  });

  it('does not follow a link that somebody else made', async () => {
    const { open, root, dir } = placeForTest();
    mkdirSync(join(dir, 'elsewhere'));
    symlinkSync(join(dir, 'elsewhere'), root);
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_ROOT_REAL' });
  });

  it('fills an empty folder, and misses the one above it', async () => {
    const { open, root, live } = placeForTest();
    mkdirSync(root);
    await publishTo(open(), { 'index.html': '1' });
    expect(await live()).toEqual({ 'index.html': '1' });
    rmSync(dirname(root), { recursive: true });
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_FOLDER_MISSING' });
  });

  it('tells a damaged manifest from none, and one client from another', async () => {
    const { open, root } = placeForTest();
    await publishTo(open(), { 'index.html': '1' });
    await expect(publishTo(open(), release({ 'index.html': '2' }, 'rival'))).rejects.toMatchObject({
      code: 'HOST_OF_ANOTHER',
    });
    writeFileSync(`${root}/../manifest.json`, '{"v":1,"sit');
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
    rmSync(`${root}/../manifest.json`);
    await expect(open().state()).rejects.toMatchObject({ code: 'HOST_STATE_UNREADABLE' });
  });

  it('sends no login where another key is shown, or none was confirmed', async () => {
    const { hostWith, dir } = placeForTest();
    const file = join(dir, 'known_hosts');
    mkdirSync(join(dir, 'keys'));
    writeFileSync(file, `[127.0.0.1]:${sshd.port} ${publicKey(makeKey(join(dir, 'keys'), 'other'))}\n`);
    await expect(hostWith(file).state()).rejects.toMatchObject({ code: 'HOST_IDENTITY_CHANGED' });
    writeFileSync(file, '');
    await expect(hostWith(file).state()).rejects.toMatchObject({ code: 'HOST_IDENTITY_UNKNOWN' });
  });

  it.each([
    'rsync://-oProxyCommand=x/www',
    'rsync://-l@host/www',
    'rsync://host',
    'rsync://host/',
    'rsync://host/a/../b',
    'rsync://host/-x',
    'rsync://host/~',
    'rsync://host/a%0ab',
    'rsync://host/a%zz',
    'rsync://me:hunter2@host/www',
  ])('%s is refused', (url) => {
    expect(() => parseRsyncUrl(url)).toThrow(/cannot be used/);
    expect(() => parseRsyncUrl(url)).not.toThrow('hunter2');
  });
});
