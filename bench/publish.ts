import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { directoryHost } from '../src/adapters/hosts/directory.ts';
import { ftpHost } from '../src/adapters/hosts/ftp.ts';
import { sftpHost } from '../src/adapters/hosts/sftp.ts';
import { fixedClock } from '../src/core/clock.ts';
import { sha256 } from '../src/core/digest.ts';
import type { Host } from '../src/publish/index.ts';
import { makeRelease } from '../src/site/release.ts';
import { startFtpd } from '../test/support/ftpd.ts';
import { findProgram } from '../test/support/programs.ts';
import { claim, runPublication, type TestRelease } from '../test/support/publication.ts';
import { startSshd } from '../test/support/sshd.ts';
import { inPairs, type Pair } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';

const FILES = Number(process.env.SEC_BENCH_FILES ?? 10_000);
/** Over a network, even a local one, every file is a conversation: fewer of them say as much. */
const REMOTE_FILES = Math.min(FILES, 1000);
const ROUNDS = 3;
const REMOTE_ROUNDS = 1;
const GOAL = 1.5;
const clock = fixedClock('2026-03-02T10:00:00Z');

interface Tree {
  readonly dir: string;
  readonly release: TestRelease;
}

/** First publications to a folder, over SFTP and over FTP with TLS, each beside programs that only copy. */
export async function publishing(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-publish-'));
  try {
    return [
      ...(await toFolder(dir, treeOf(join(dir, 'many'), FILES))),
      ...(await overSftp(dir, treeOf(join(dir, 'few'), REMOTE_FILES))),
      ...(await overFtp(dir, treeOf(join(dir, 'fewer'), REMOTE_FILES))),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function toFolder(dir: string, tree: Tree): Promise<Row[]> {
  if (!findProgram('rsync')) return [left('publish to a folder', 'rsync')];
  let n = 0;
  const ours = () => {
    const folder = join(dir, `ours-${n++}/www`);
    mkdirSync(dirname(folder));
    return publishTime(directoryHost({ target: 'file:www', folder, workspace: dir, clock }), tree);
  };
  const pair = await inPairs(ROUNDS, ours, () =>
    timed('rsync', ['-a', `${tree.dir}/`, join(dir, `theirs-${n++}`)]),
  );
  return [row(`publish ${FILES} files to a folder`, 'rsync -a', pair, GOAL)];
}

async function overSftp(dir: string, tree: Tree): Promise<Row[]> {
  if (!findProgram('sshd')) return [left('publish over SFTP', 'sshd')];
  const home = join(dir, 'ssh');
  mkdirSync(home);
  const server = await startSshd(home);
  const { port, user, keyFile, hostKey, knownHosts } = server;
  const ssh = `ssh -p ${port} -i ${keyFile} -o UserKnownHostsFile=${knownHosts} -o IdentitiesOnly=yes`;
  let n = 0;
  const next = () => {
    const folder = join(dir, `sftp-${n++}`);
    mkdirSync(folder);
    return folder;
  };
  const ours = () =>
    publishTime(
      sftpHost(`sftp://127.0.0.1:${port}${next()}/www`, {
        clock,
        credentials: async () => ({ user, keyFile, hostKey }),
      }),
      tree,
    );
  const lftp = `set sftp:connect-program "${ssh} -a -x"; open -u ${user},x sftp://127.0.0.1:${port}`;
  const peers: Peer[] = [
    [
      'rsync -a over ssh',
      'rsync',
      (to) => timed('rsync', ['-a', '-e', ssh, `${tree.dir}/`, `${user}@127.0.0.1:${to}/www`]),
    ],
    [
      'lftp mirror -P4',
      'lftp',
      (to) => timed('lftp', ['-c', `${lftp}; mirror -R -P4 ${tree.dir} ${to}/www`]),
    ],
    [
      'rclone copy',
      'rclone',
      (to) =>
        timed('rclone', [
          ...['copy', tree.dir, `:sftp:${to}/www`, '--config', '/dev/null', '--sftp-host', '127.0.0.1'],
          ...['--sftp-port', String(port), '--sftp-user', user, '--sftp-key-file', keyFile],
          ...['--sftp-known-hosts-file', knownHosts],
        ]),
    ],
  ];
  const rows = await beside('SFTP', peers, ours, next);
  await server.stop();
  return rows;
}

async function overFtp(dir: string, tree: Tree): Promise<Row[]> {
  if (!findProgram('proftpd')) return [left('publish over FTP with TLS', 'proftpd')];
  const place = join(dir, 'ftp');
  mkdirSync(place);
  // rclone does not resume TLS sessions for its data connections, so the server does not insist on it.
  const server = await startFtpd(place);
  const { port, user, password, certificate, home } = server;
  let n = 0;
  const next = () => {
    const folder = `www-${n++}`;
    mkdirSync(join(home, folder));
    return folder;
  };
  const ours = () =>
    publishTime(
      ftpHost(`ftp://127.0.0.1:${port}/${next()}`, {
        clock,
        credentials: async () => ({ user, password, certificate }),
      }),
      tree,
    );
  const settings = 'set ssl:verify-certificate no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes';
  const url = `ftp://127.0.0.1:${port}`;
  const obscured = () =>
    execFileSync('rclone', ['obscure', '-'], { input: password, encoding: 'utf8' }).trim();
  const peers: Peer[] = [
    [
      'lftp mirror -P4',
      'lftp',
      (to) =>
        timed('lftp', [
          '-c',
          `${settings}; open -u "${user},${password}" ${url}; mirror -R -P4 ${tree.dir} ${to}`,
        ]),
    ],
    [
      'rclone copy',
      'rclone',
      (to) =>
        timed('rclone', [
          ...['copy', tree.dir, `:ftp:${to}`, '--config', '/dev/null', '--ftp-host', '127.0.0.1'],
          ...['--ftp-port', String(port), '--ftp-user', user, '--ftp-pass', obscured()],
          ...['--ftp-explicit-tls', '--ftp-no-check-certificate', '--ftp-concurrency', '4'],
        ]),
    ],
  ];
  const rows = await beside('FTP with TLS', peers, ours, next);
  await server.stop();
  return rows;
}

/** What a program is called in the table, the program, and how it takes the tree to a folder: in milliseconds. */
type Peer = readonly [name: string, program: string, run: (to: string) => number];

/** One row for each program that is here. */
async function beside(
  way: string,
  peers: readonly Peer[],
  ours: () => Promise<number>,
  next: () => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, program, run] of peers) {
    if (!findProgram(program)) rows.push(left(`publish over ${way}`, program));
    else {
      const pair = await inPairs(REMOTE_ROUNDS, ours, () => run(next()));
      rows.push(row(`publish ${REMOTE_FILES} files over ${way}`, name, pair));
    }
  }
  return rows;
}

let runs = 0;

/** Milliseconds for a first publication: brought, checked by hash, live, read back. */
async function publishTime(host: Host, { release }: Tree): Promise<number> {
  runs += 1;
  const start = performance.now();
  await runPublication(host, release, claim(`bench-${runs}`));
  return performance.now() - start;
}

/** Milliseconds of a program that must end well. */
function timed(program: string, args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(findProgram(program) ?? program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** Pages of 4 kB in clean addresses, and the release that they are. */
function treeOf(dir: string, count: number): Tree {
  const files = Array.from({ length: count }, (_, n): [string, string] => [
    n === 0 ? 'index.html' : `section-${n % 50}/page-${n}/index.html`,
    `<p>${n}</p>`.padEnd(4096, `page ${n} `),
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const made = makeRelease(
    'kaldi',
    files.map(([path, text]) => [path, { sha256: sha256(text), size: Buffer.byteLength(text) }] as const),
  );
  const locate = (path: string) => join(dir, path);
  const never = () => {
    throw new TypeError('Not for a bench.');
  };
  return { dir, release: { ...made, content: { locate }, publication: never, damage: never } };
}

function row(what: string, peer: string, pair: Pair, goal?: number): Row {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const value = `${pair.ratio.toFixed(2)} ×`;
  const beside = `${peer}: ${seconds(pair.peer)}`;
  if (goal === undefined) return { what, ours: seconds(pair.ours), peer: `${beside} (${value})` };
  const figure = { value, goal: `≤ ${goal} ×`, met: pair.ratio <= goal };
  return { what, ours: seconds(pair.ours), peer: beside, figure };
}

const left = (what: string, program: string): Row => ({
  what,
  ours: '',
  peer: `left out: no ${program} here`,
});
