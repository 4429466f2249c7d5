import { join } from 'node:path';
import { inPairs, processTime } from './lib/pairs.ts';
import type { Row } from './lib/row.ts';

const GOAL = 3;

/** Start-up of `sec --version` and of a light command beside a Node that does nothing. */
export async function startup(root: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const words of [['--version'], ['client', 'list']]) {
    const { ours, peer, ratio } = await inPairs(
      15,
      () => processTime(process.execPath, [join(root, 'bin/run.js'), ...words], root),
      () => processTime(process.execPath, ['-e', '0'], root),
    );
    rows.push({
      what: `start-up of sec ${words.join(' ')}`,
      ours: `${ours.toFixed(0)} ms`,
      peer: `node -e 0: ${peer.toFixed(0)} ms`,
      figure: { value: `${ratio.toFixed(1)} ×`, goal: `≤ ${GOAL} ×`, met: ratio <= GOAL },
    });
  }
  return rows;
}
