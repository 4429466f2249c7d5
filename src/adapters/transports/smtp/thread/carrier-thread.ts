/** A thread that carries letters to one mail server. */
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { CarrierStart } from './messages.ts';

const { compileCache, options } = workerData as CarrierStart;
if (compileCache !== undefined) enableCompileCache(compileCache);
const { serveCarrier } = await import('./serve-carrier.ts');
if (parentPort) serveCarrier(parentPort, options);
