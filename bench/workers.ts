import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '../src/adapters/ledgers/postgres/connect.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { findProgram } from '../test/support/programs.ts';
import { median } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';

const ANSWER_MS = 20;
/** So that the server's answers are what is waited for, and not this machine's cores. */
const CONNECTIONS = 1;
const WORKERS = 4;
const ROUNDS = 3;
const GOAL = 3.5;
/** How long is measured, once all workers are at it. */
const MEASURED_MS = 10_000;
/** People enough for all of that, and for the time until the last worker is at it. */
const SECONDS = 60;
const PATIENCE_MS = 40_000;

/**
 * One campaign with one `sec worker` and with four, real processes over one PostgreSQL, to a mail server that answers each
 * message after 20 ms. What each worker can send is bounded by its connections, and so the rates should add up.
 */
export async function workers(root: string): Promise<Row[]> {
  if (!findProgram('postgres')) {
    console.log('workers: left out, there is no PostgreSQL on this machine');
    return [];
  }
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const server = await startPostgres();
  const sink = fork(join(root, 'bench/lib/sink-process.ts'), [String(ANSWER_MS)]);
  try {
    const [url] = (await once(sink, 'message')) as [string];
    const transport = `${url}?connections=${CONNECTIONS}`;
    const office = { dir, bin: join(root, 'bin/run.js'), transport, sink, database: server.database };
    const figures = { one: [] as number[], four: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      figures.one.push(await rateOf(office, `one${round}`, 1));
      figures.four.push(await rateOf(office, `four${round}`, WORKERS));
    }
    const ratio = median(figures.four.map((four, n) => four / (figures.one[n] ?? Number.NaN)));
    return [
      {
        what: `one campaign, ${WORKERS} workers, answers after ${ANSWER_MS} ms`,
        ours: `${median(figures.four).toFixed(0)}/s`,
        peer: `one worker: ${median(figures.one).toFixed(0)}/s`,
        figure: { value: `${ratio.toFixed(2)} ×`, goal: `≥ ${GOAL} ×`, met: ratio >= GOAL },
      },
    ];
  } finally {
    sink.disconnect();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Office {
  readonly dir: string;
  readonly bin: string;
  readonly sink: ChildProcess;
  readonly transport: string;
  /** A new one for each name, and with it a new workspace: nothing of an earlier campaign is left to do. */
  readonly database: (name: string) => string;
}

/** Messages a second in the middle of a campaign, which is then given up. */
async function rateOf(office: Office, campaign: string, count: number): Promise<number> {
  const { bin, sink } = office;
  const dir = join(office.dir, campaign);
  writeWorkspace(dir, office.transport);
  const url = office.database(campaign);
  const people = Math.round((count * CONNECTIONS * SECONDS * 1000) / ANSWER_MS);
  writeFileSync(
    join(dir, `${campaign}.csv`),
    `email\n${Array.from({ length: people }, (_, n) => `p${n}@example.com`).join('\n')}\n`,
  );
  put(
    dir,
    `campaigns/kaldi/${campaign}/campaign.md`,
    "---\nsubject: 'Spring'\ntemplate: promo\n---\nHello.\n",
  );
  const env = { ...process.env, SEC_LEDGER_URL: url };
  const started = Array.from({ length: count }, () =>
    spawn(process.execPath, [bin, 'worker'], { cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] }),
  );
  const closed = started.map((worker) => once(worker, 'close'));
  try {
    for (const worker of started) await once(worker.stderr, 'data');
    const taken = async () => {
      const answer = once(sink, 'message') as Promise<[number]>;
      sink.send('how many?');
      return (await answer)[0];
    };
    const before = await taken();
    const words = ['--csv', `${campaign}.csv`, '--basis', 'customer', '--by-worker', '--yes', '--json'];
    execFileSync(process.execPath, [bin, 'promo', 'send', 'kaldi', campaign, ...words], { cwd: dir, env });
    await untilAtWork(url, count);
    const [from, began] = [await taken(), performance.now()];
    await wait(MEASURED_MS);
    const [until, ended] = [await taken(), performance.now()];
    if (until - before > 0.95 * people) throw new Error('the campaign ended before the measurement did');
    return (1000 * (until - from)) / (ended - began);
  } finally {
    for (const worker of started) worker.kill('SIGINT');
    await Promise.all(closed);
  }
}

/** Until each of so many workers has sent something of the campaign. */
async function untilAtWork(url: string, count: number): Promise<void> {
  const connection = await connect(url, 'sec_kaldi');
  try {
    for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await wait(50)) {
      const { rowCount } = await connection.query('SELECT FROM hand WHERE NOT ended AND accepted > 0');
      if (rowCount === count) return;
    }
    throw new Error(`${count} workers were expected at the campaign`);
  } finally {
    await connection.end();
  }
}

function writeWorkspace(dir: string, transport: string): void {
  put(dir, 'sec.yaml', 'operator: {name: Bench, email: bench@office.example}\n');
  put(
    dir,
    'sites/kaldi/site.yaml',
    `name: Kaldi\nurl: https://kaldi.example\nsender: {name: Kaldi, email: news@kaldi.example, address: "1 Bean Street, Riga", transport: "${transport}"}\n`,
  );
}

function put(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}
