import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SendReceipt } from '../src/delivery/receipt.ts';
import type { Row } from './lib/row.ts';

const RECIPIENTS = 100_000;
const GOAL = 10_000;

/** A whole `sec promo send` through SendGrid's API, spoken by an endpoint on this machine that enforces its limits. */
export async function sendgrid(root: string): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  const endpoint = fork(join(root, 'bench/lib/endpoint-process.ts'));
  try {
    const [url] = (await once(endpoint, 'message')) as [string];
    writeWorkspace(dir);
    const words = ['promo', 'send', 'kaldi', 'spring', '--csv', 'list.csv', '--basis', 'customer', '--yes'];
    const receipt: SendReceipt = JSON.parse(
      execFileSync(
        process.execPath,
        [join(root, 'bin/run.js'), ...words, '--transport', 'sendgrid:', '--json'],
        {
          cwd: dir,
          encoding: 'utf8',
          env: { ...process.env, SENDGRID_API_KEY: 'SG.test-secret', SENDGRID_BASE_URL: url },
        },
      ),
    );
    if (receipt.accepted !== RECIPIENTS) throw new Error(`sec sent ${receipt.accepted} of ${RECIPIENTS}.`);
    const rate = (1000 * RECIPIENTS) / receipt.durationMs;
    const figure = { value: `${rate.toFixed(0)}/s`, goal: `≥ ${GOAL}/s`, met: rate >= GOAL };
    return [
      {
        what: `SendGrid, ${RECIPIENTS} recipients`,
        ours: `${receipt.requests} requests`,
        peer: 'an endpoint with the documented limits',
        figure,
      },
    ];
  } finally {
    endpoint.disconnect();
    rmSync(dir, { recursive: true, force: true });
  }
}

function writeWorkspace(dir: string): void {
  const rows = Array.from({ length: RECIPIENTS }, (_, n) => `p${n}@example.com,Person ${n}\n`).join('');
  const files: Record<string, string> = {
    'sec.yaml': 'operator: {name: Bench, email: bench@office.example}\n',
    'sites/kaldi/site.yaml':
      'name: Kaldi\nurl: https://kaldi.example\nsender: {name: Kaldi, email: news@kaldi.example, address: "1 Bean Street, Riga"}\n',
    'list.csv': `email,first_name\n${rows}`,
    'campaigns/kaldi/spring/campaign.md': `---\nsubject: 'Spring {{or first_name "friend"}}'\ntemplate: promo\n---\nHello {{or first_name "friend"}}, our **spring blends** have arrived.\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}
