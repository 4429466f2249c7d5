import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPairs, processTime } from './lib/pairs.ts';
import { peakMemory } from './lib/peak-memory.ts';
import { findEleventy, findHugo, type Peer } from './lib/peers.ts';
import type { Row } from './lib/row.ts';
import { CLIENT, eleventySite, hugoSite, secSite } from './site/generators.ts';

const PAGES = Number(process.env.BENCH_PAGES ?? 10_000);
const ROUNDS = 3;
const SIZES = [100, 1_000, 10_000, 50_000].filter((size) => size <= 5 * PAGES);

/** A site of `PAGES` pages: built from nothing beside Hugo and Eleventy, after one change, at several sizes. */
export async function siteBuild(root: string): Promise<Row[]> {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sec-bench-'));
  try {
    const work = join(dir, 'sec');
    const content = secSite(work, PAGES);
    hugoSite(join(dir, 'hugo'), content);
    eleventySite(join(dir, 'eleventy'), content);
    const rows: Row[] = [];
    for (const { peer, name, goal, folder } of peers()) {
      rows.push(
        peer
          ? await beside(() => coldBuild(root, work), { peer, goal, dir: join(dir, folder) })
          : { what: `cold build, ${PAGES} pages, beside ${name}`, ours: '', peer: `${name}: not installed` },
      );
    }
    rows.push(await oneChange(root, work, content), await again(root, work), memory(root, work));
    rows.push(...(await perPage(root, dir)));
    return rows;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const peers = () => [
  { peer: findHugo(), name: 'Hugo', goal: 0.5, folder: 'hugo' },
  {
    peer: findEleventy(),
    name: 'Eleventy',
    goal: 0.2,
    folder: 'eleventy',
  },
];

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const buildArgs = (root: string, work: string) => [
  join(root, 'bin/run.js'),
  'site',
  'build',
  CLIENT,
  '--workspace',
  work,
];
const build = (root: string, work: string) => processTime(process.execPath, buildArgs(root, work), root);

function forget(work: string): void {
  rmSync(join(work, '.sec'), { recursive: true, force: true });
}

function coldBuild(root: string, work: string): number {
  forget(work);
  return build(root, work);
}

async function beside(
  ours: () => number,
  { peer, goal, dir }: { peer: Peer; goal: number; dir: string },
): Promise<Row> {
  const out = `${dir}-out`;
  const args = [...peer.args, ...(peer.command === 'hugo' ? ['-d', out] : [`--output=${out}`])];
  const pair = await inPairs(ROUNDS, ours, () => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    return processTime(peer.command, args, dir);
  });
  rmSync(out, { recursive: true, force: true });
  return {
    what: `cold build, ${PAGES} pages`,
    ours: seconds(pair.ours),
    peer: `${peer.name}: ${seconds(pair.peer)}`,
    figure: { value: `${pair.ratio.toFixed(2)} ×`, goal: `≤ ${goal} ×`, met: pair.ratio <= goal },
  };
}

async function oneChange(root: string, work: string, content: string): Promise<Row> {
  const page = join(content, 's0/page-7.md');
  let edit = 0;
  const pair = await inPairs(
    ROUNDS,
    () => {
      coldBuild(root, work);
      appendFileSync(page, `\nOne more sentence, number ${++edit}.\n`);
      return build(root, work);
    },
    () => coldBuild(root, work),
  );
  return {
    what: `one text changed, ${PAGES} pages, new process`,
    ours: seconds(pair.ours),
    peer: `own cold build: ${seconds(pair.peer)}`,
    figure: { value: `${pair.ratio.toFixed(3)} ×`, goal: '≤ 0.05 ×', met: pair.ratio <= 0.05 },
  };
}

async function again(root: string, work: string): Promise<Row> {
  coldBuild(root, work);
  const pair = await inPairs(
    ROUNDS,
    () => build(root, work),
    () => processTime(process.execPath, [join(root, 'bin/run.js'), '--version'], root),
  );
  return {
    what: `nothing changed, ${PAGES} pages, new process`,
    ours: seconds(pair.ours),
    peer: `sec --version: ${seconds(pair.peer)}`,
  };
}

function memory(root: string, work: string): Row {
  forget(work);
  const cold = peakMemory(buildArgs(root, work), root);
  const warm = peakMemory(buildArgs(root, work), root);
  return {
    what: `most memory, ${PAGES} pages`,
    ours: `cold ${megabytes(cold)}`,
    peer: `nothing changed ${megabytes(warm)}`,
  };
}

/** Cold builds of several sizes and the most memory of each, beside a site of one page: what starts up is taken off. */
async function perPage(root: string, dir: string): Promise<Row[]> {
  const empty = join(dir, 'empty');
  secSite(empty, 1);
  const rows: Row[] = [];
  for (const pages of SIZES) {
    const work = join(dir, `size-${pages}`);
    secSite(work, pages);
    const pair = await inPairs(
      1,
      () => coldBuild(root, work),
      () => coldBuild(root, empty),
    );
    forget(work);
    const bytes = peakMemory(buildArgs(root, work), root);
    rmSync(work, { recursive: true, force: true });
    rows.push({
      what: `cold build, ${pages} pages`,
      ours: `${seconds(pair.ours)}, ${(((pair.ours - pair.peer) * 1000) / pages).toFixed(0)} µs a page, ${megabytes(bytes)}`,
      peer: `one page: ${seconds(pair.peer)}`,
    });
  }
  return rows;
}
