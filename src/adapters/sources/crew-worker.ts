/** A thread of the crew. It loads what renders at once: whoever started it reads the files meanwhile. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './page-queue.ts';

const { compileCache, reports } = workerData as ThreadData;
if (compileCache !== undefined) enableCompileCache(compileCache);
const { serveCrew } = await import('./serve-crew.ts');
if (parentPort) serveCrew(parentPort, reports);
