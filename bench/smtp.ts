import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import type { SendReceipt } from '../src/delivery/receipt.ts';
import { inPairs } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';

const RECIPIENTS = 4_000;
const ROUNDS = 3;
const GOAL = 5;

/**
 * A whole `sec promo send`, with its durable ledger, beside nodemailer's pool composing the same message for as
 * many recipients: same sink, as many connections.
 */
export async function smtp(root: string): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const sink = fork(join(root, 'bench/lib/sink-process.ts'));
  try {
    const [url] = (await once(sink, 'message')) as [string];
    writeWorkspace(dir);
    const sec = (...words: string[]) =>
      execFileSync(process.execPath, [join(root, 'bin/run.js'), ...words, '--json'], {
        cwd: dir,
        encoding: 'utf8',
      });
    sec('promo', 'preview', 'kaldi', 'round0', '--out', 'preview');
    const mail = await PostalMime.parse(readFileSync(join(dir, 'preview/message.en.eml')));
    let round = 0;
    const ours = () => {
      const send = ['promo', 'send', 'kaldi', `round${round++}`, '--csv', 'list.csv', '--basis', 'customer'];
      const receipt: SendReceipt = JSON.parse(sec(...send, '--transport', url, '--yes'));
      if (receipt.accepted !== RECIPIENTS) throw new Error(`sec sent ${receipt.accepted} of ${RECIPIENTS}.`);
      return (1000 * RECIPIENTS) / receipt.durationMs;
    };
    const pair = await inPairs(ROUNDS, ours, () => nodemailerPool(url, mail.html ?? '', mail.text ?? ''));
    return [
      {
        what: `SMTP, ${RECIPIENTS} messages of ${Math.round((mail.html ?? '').length / 1000)} kB`,
        ours: `${pair.ours.toFixed(0)}/s`,
        peer: `nodemailer's pool: ${pair.peer.toFixed(0)}/s`,
        figure: { value: `${pair.ratio.toFixed(1)} ×`, goal: `≥ ${GOAL} ×`, met: pair.ratio >= GOAL },
      },
    ];
  } finally {
    sink.disconnect();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function nodemailerPool(url: string, html: string, text: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const pool = createTransport({
    pool: true,
    host: hostname,
    port: Number(port),
    maxConnections: 4,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  const start = performance.now();
  const sends = Array.from({ length: RECIPIENTS }, (_, n) =>
    pool.sendMail({
      from: 'Kaldi <news@kaldi.example>',
      to: `p${n}@example.com`,
      subject: `Spring, person ${n}`,
      html,
      text,
    }),
  );
  await Promise.all(sends);
  pool.close();
  return (1000 * RECIPIENTS) / (performance.now() - start);
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
