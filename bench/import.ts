import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCustomers } from './import/customers.ts';
import { inPairs } from './lib/pairs.ts';
import { type Resources, resourcesOf } from './lib/resources.ts';
import type { Row } from './lib/row.ts';

const GOAL = 2.5;
const GOAL_MB = 250;
const sizes = [
  { rows: 200_000, rounds: 5 },
  { rows: 1_000_000, rounds: 3 },
];

/** A whole `sec list import`, the first and once more, beside csv-parse that reads the same file and keeps nothing. */
export async function importList(root: string): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'sec-bench-'));
  try {
    mkdirSync(join(dir, 'sites/kaldi'), { recursive: true });
    writeFileSync(join(dir, 'sec.yaml'), 'operator: {name: Office, email: office@example.com}\n');
    writeFileSync(join(dir, 'sites/kaldi/site.yaml'), 'name: Kaldi\nurl: https://kaldi.example\n');
    const rows: Row[] = [];
    for (const { rows: size, rounds } of sizes) {
      const file = join(dir, 'customers.csv');
      writeCustomers(file, size);
      const words = ['list', 'import', 'kaldi', 'customers', file, '--basis', 'consent', '--yes', '--quiet'];
      const sec = () => resourcesOf([join(root, 'bin/run.js'), ...words], dir);
      const forget = () => rmSync(join(dir, '.sec'), { recursive: true, force: true });
      const alone = () => resourcesOf([join(root, 'bench/import/csv-parse-alone.ts'), file], dir);
      const first = () => {
        forget();
        return sec();
      };
      const count = size.toLocaleString('en');
      rows.push(...(await compare(`import of ${count} rows`, rounds, first, alone)));
      rows.push(...(await compare(`the same ${count} rows again`, rounds, sec, alone)));
    }
    return rows;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function compare(
  what: string,
  rounds: number,
  ours: () => Resources,
  peer: () => Resources,
): Promise<Row[]> {
  const [seen, beside]: [Resources[], Resources[]] = [[], []];
  const { ratio, ...cpu } = await inPairs(
    rounds,
    () => keep(seen, ours()).cpuMs,
    () => keep(beside, peer()).cpuMs,
  );
  const wall = median(seen.map(({ wallMs }, n) => wallMs / (beside[n]?.wallMs ?? Number.NaN)));
  const peak = Math.max(...seen.map(({ peakBytes }) => peakBytes)) / 1e6;
  return [
    {
      what,
      ours: `${seconds(cpu.ours)} CPU`,
      peer: `csv-parse: ${seconds(cpu.peer)} CPU`,
      figure: {
        value: `${ratio.toFixed(2)} × (wall ${wall.toFixed(2)} ×)`,
        goal: `≤ ${GOAL} ×`,
        met: ratio <= GOAL,
      },
    },
    {
      what: `${what}, memory`,
      ours: `${peak.toFixed(0)} MB`,
      peer: '',
      figure: { value: `${peak.toFixed(0)} MB`, goal: `< ${GOAL_MB} MB`, met: peak < GOAL_MB },
    },
  ];
}

function keep<T>(list: T[], value: T): T {
  list.push(value);
  return value;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
