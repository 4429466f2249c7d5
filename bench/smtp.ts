import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { SendReceipt } from '../src/delivery/receipt.ts';
import { median } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';
import { bareSockets } from './smtp/bare-socket.ts';
import { openListmonk } from './smtp/listmonk.ts';
import { findListmonk } from './smtp/listmonk-server.ts';
import { nodemailerPool } from './smtp/nodemailer-pool.ts';

/** A large send: a smaller one is measured by what Node spends on compiling what runs often, a second of processor time. */
const RECIPIENTS = 60_000;
/** It composes each message anew, and is as fast with few as with many. */
const POOL_RECIPIENTS = 10_000;
const ROUNDS = 3;
const NODEMAILER_GOAL = 5;
const SOCKET_GOAL = 0.5;
const LISTMONK_GOAL = 1;
const LISTMONK_MISSING =
  'not installed: needs PostgreSQL and listmonk on the PATH (listmonk.app/docs/installation)';

/**
 * A whole `sec promo send`, with its durable ledger, beside nodemailer's pool composing the same message, beside
 * bare pipelined sockets that send the same bytes to everybody, and beside listmonk where it is installed: same sink.
 */
export async function smtp(root: string): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const sink = fork(join(root, 'bench/lib/sink-process.ts'));
  const ends: (() => Promise<void>)[] = [];
  try {
    const [url] = (await once(sink, 'message')) as [string];
    writeWorkspace(dir);
    const sec = (...words: string[]) =>
      execFileSync(process.execPath, [join(root, 'bin/run.js'), ...words, '--json'], {
        cwd: dir,
        encoding: 'utf8',
      });
    sec('promo', 'preview', 'kaldi', 'round0', '--out', 'preview');
    const message = readFileSync(join(dir, 'preview/message.en.eml'));
    const { html = '', text = '' } = await PostalMime.parse(message);
    const version = findListmonk();
    const listmonk =
      version === undefined
        ? undefined
        : await openListmonk(url, { html, text }, RECIPIENTS, () => takenBy(sink));
    ends.push(async () => listmonk?.stop());
    const figures = {
      ours: [] as number[],
      pool: [] as number[],
      bare: [] as number[],
      listmonk: [] as number[],
    };
    for (let round = 0; round <= ROUNDS; round++) {
      const send = ['promo', 'send', 'kaldi', `round${round}`, '--csv', 'list.csv', '--basis', 'customer'];
      const receipt: SendReceipt = JSON.parse(sec(...send, '--transport', url, '--yes'));
      if (receipt.accepted !== RECIPIENTS) throw new Error(`sec sent ${receipt.accepted} of ${RECIPIENTS}.`);
      const measured = {
        ours: (1000 * RECIPIENTS) / receipt.durationMs,
        pool: await nodemailerPool(url, html, text, POOL_RECIPIENTS),
        bare: await bareSockets(url, message, RECIPIENTS),
        listmonk: listmonk ? await listmonk.send() : Number.NaN,
      };
      if (round === 0) continue;
      for (const name of ['ours', 'pool', 'bare', 'listmonk'] as const) figures[name].push(measured[name]);
    }
    const row = (peer: string, figure: readonly number[], goal: number): Row => {
      const ratio = median(figures.ours.map((ours, n) => ours / (figure[n] ?? Number.NaN)));
      return {
        what: `SMTP, ${RECIPIENTS} messages of ${Math.round(message.length / 1000)} kB`,
        ours: `${median(figures.ours).toFixed(0)}/s`,
        peer: `${peer}: ${median(figure).toFixed(0)}/s`,
        figure: { value: `${ratio.toFixed(2)} ×`, goal: `≥ ${goal} ×`, met: ratio >= goal },
      };
    };
    return [
      row(`nodemailer's pool, ${POOL_RECIPIENTS} of them`, figures.pool, NODEMAILER_GOAL),
      row('bare pipelined sockets', figures.bare, SOCKET_GOAL),
      version
        ? row(`listmonk ${version}`, figures.listmonk, LISTMONK_GOAL)
        : { what: 'SMTP beside listmonk', ours: '', peer: LISTMONK_MISSING },
    ];
  } finally {
    for (const end of ends) await end();
    sink.disconnect();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** How many messages the sink has taken so far. */
async function takenBy(sink: ChildProcess): Promise<number> {
  sink.send('how many');
  const [count] = (await once(sink, 'message')) as [number];
  return count;
}

function writeWorkspace(dir: string): void {
  const files: Record<string, string> = {
    'sec.yaml': 'operator: {name: Bench, email: bench@office.example}\n',
    'sites/kaldi/site.yaml':
      'name: Kaldi\nurl: https://kaldi.example\nsender: {name: Kaldi, email: news@kaldi.example, address: "1 Bean Street, Riga"}\n',
    'list.csv': `email,first_name\n${Array.from({ length: RECIPIENTS }, (_, n) => `p${n}@example.com,Person ${n}`).join('\n')}\n`,
  };
  const offers = Array.from(
    { length: 6 },
    (_, n) => `  - {name: Coffee ${n}, price: ${n + 5}, currency: EUR}`,
  ).join('\n');
  for (let round = 0; round <= ROUNDS; round++) {
    files[`campaigns/kaldi/round${round}/campaign.md`] =
      `---\nsubject: 'Spring {{or first_name "friend"}}'\npreheader: Twenty per cent off\ntemplate: promo\nlist: customers\noffers:\n${offers}\n---\nHello {{or first_name "friend"}}, our **spring blends** have arrived.\n`;
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}
