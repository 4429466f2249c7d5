import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { fail } from '../../../core/errors/index.ts';
import { tick, type Work } from '../../../core/progress.ts';
import { manifestText, type Publication } from '../../../publish/index.ts';
import { checkedBytes } from '../shared/checked-bytes.ts';
import { sshOptions } from '../shared/ssh.ts';
import type { RemoteLayout } from './address.ts';
import { type ShellOptions, shellFailure, sshEnvironment } from './shell.ts';

/** The list by which the other side checks what arrived (sha256sum(1)). */
export const SUMS = 'SHA256SUMS';

export const partName = ({ manifest }: Publication): string => `${manifest.release}.part`;

/** A release's folder as it is to be there, made of links to where the files are here. */
function makeTree(stateDir: string, { manifest, locate }: Publication): string {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const tree = mkdtempSync(join(stateDir, 'rsync-'));
  const made = new Set<string>();
  for (const path of Object.keys(manifest.files)) {
    const link = join(tree, 'web', path);
    if (!made.has(dirname(link))) mkdirSync(dirname(link), { recursive: true });
    made.add(dirname(link));
    symlinkSync(locate(path), link);
  }
  const sums = Object.entries(manifest.files).map(([path, { sha256 }]) => `${sha256}  ./${path}\n`);
  writeFileSync(join(tree, 'manifest.json'), manifestText(manifest));
  writeFileSync(join(tree, SUMS), sums.join(''));
  return tree;
}

export interface StageOptions extends ShellOptions {
  readonly layout: RemoteLayout;
  readonly stateDir: string;
  /** Releases there, of whose files those with the same bytes need not be sent again. */
  readonly alike: readonly string[];
}

/**
 * Sends the release into a folder of its own beside the live one. Files are compared by their bytes, and those of an
 * earlier release are linked there. What a stopped run has sent is not sent again.
 *
 * @throws RELEASE_DAMAGED, HostTrouble, HOST_PROGRAM_MISSING
 */
export async function* sendRelease(options: StageOptions, publication: Publication): Work<void> {
  const { address, client, env, login, layout, alike, stateDir } = options;
  const { uploads } = publication;
  for (const path of uploads) await checkedBytes(publication, path);
  const tree = makeTree(stateDir, publication);
  try {
    const { host, port, user } = address;
    const who = user === undefined ? [] : ['-l', user];
    const ssh = ['ssh', ...sshOptions(login), '-p', String(port), ...who];
    const child = execa(
      'rsync',
      [
        '--archive',
        '--copy-links',
        '--checksum',
        '--no-times',
        '--omit-dir-times',
        '--no-owner',
        '--no-group',
        '--chmod=D0755,F0644',
        '--delete',
        '--secluded-args',
        `--timeout=${login.patience}`,
        '--out-format=%n',
        `--rsh=${ssh.map(rshWord).join(' ')}`,
        ...alike.map((name) => `--link-dest=../${name}`),
        '--',
        `${tree}/`,
        `${host}:${layout.releases}/${partName(publication)}/`,
      ],
      { env: sshEnvironment(env), extendEnv: false, stdin: 'ignore', reject: false, lines: true },
    );
    let sent = 0;
    for await (const line of child) {
      if (!line.startsWith('web/') || line.endsWith('/')) continue;
      sent += 1;
      yield tick(Math.min(sent, uploads.length), uploads.length, line.slice('web/'.length));
    }
    const run = await child;
    if (run.code === 'ENOENT')
      throw fail('HOST_PROGRAM_MISSING', {
        target: address.target,
        program: 'rsync',
        where: 'this computer',
      });
    if (run.failed) throw shellFailure(run.stderr.join('\n'), meaning(run.exitCode), { address, client });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** Of rsync(1)'s exit codes: a broken stream, time-outs and signals are a lost connection. */
const meaning = (exitCode: number | undefined) =>
  exitCode !== undefined && [10, 12, 20, 30, 35].includes(exitCode) ? undefined : exitCode;

/** rsync takes its `--rsh` apart itself: a quote within quotes is doubled (rsync(1)). */
const rshWord = (word: string) =>
  /^[A-Za-z0-9_./=:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
