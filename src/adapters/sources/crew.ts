import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Crew, SharedPages, Shift } from '../../site/build/crew.ts';
import type { KeptFact, PageTrace } from '../../site/build-store.ts';
import type { FactName } from '../../site/render/facts.ts';
import { packageRoot } from '../files/package-root.ts';
import { packInput } from './pack-input.ts';
import {
  type CrewOrder,
  type CrewReport,
  type CrewStart,
  createQueue,
  sharedBytes,
  type ThreadData,
} from './page-queue.ts';

/** More threads than this wait for each other's memory and disk more than they help. */
const MOST = 7;

/**
 * One thread for each core that is not busy with this one; none on a machine with a single core.
 *
 * @param objects the folder of the store that they write to
 */
export function openCrew(objects: string): Crew | undefined {
  const size = Math.min(availableParallelism() - 1, MOST);
  if (size < 1) return undefined;
  let ready: readonly Worker[] | undefined;
  const start = () => {
    ready ??= Array.from({ length: size }, startThread);
    return ready;
  };
  return {
    prepare: () => void start(),
    begin(input): Shift {
      const workers = start();
      const ends = workers.map(endOf);
      const told: CrewStart = { objects, input: packInput(input) };
      for (const worker of workers) {
        worker.ref();
        worker.postMessage(told);
      }
      return { share: (ids) => share(ids, workers, ends) };
    },
    end() {
      for (const worker of ready ?? []) void worker.terminate();
    },
  };
}

/** A thread that keeps nobody waiting while it has nothing to do. */
function startThread(): Worker {
  const data: ThreadData = { compileCache: getCompileCacheDir() };
  const worker = new Worker(workerFile(), { workerData: data });
  worker.on('error', () => {});
  worker.unref();
  return worker;
}

/** A thread has made all that it took, or anything went wrong in it: the rest is made by whoever asked then. */
const endOf = (worker: Worker): Promise<void> =>
  new Promise((settle) => {
    for (const event of ['message', 'error', 'exit']) worker.once(event, () => settle());
  });

function share(
  ids: readonly string[],
  workers: readonly Worker[],
  ends: readonly Promise<void>[],
): SharedPages {
  const taken = sharedBytes(workers.length);
  const queue = createQueue(ids.length, taken);
  const reports = workers.map((worker, thread) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ ids, taken, thread, port: port2 } satisfies CrewOrder, [port2]);
    return port1;
  });
  const traces = new Map<string, PageTrace>();
  const facts = new Map<FactName, KeptFact>();
  const hear = () => {
    for (const report of reportsIn(reports)) {
      for (const [id, trace] of report.made) traces.set(id, trace);
      for (const [name, fact] of report.facts) facts.set(name, fact);
    }
  };
  return {
    take() {
      // What is heard between pages needs no time when the others have nothing left to do.
      hear();
      return queue.take();
    },
    async others() {
      // Nobody waits for a thread that is still reading the site when all is taken.
      await Promise.all(ends.filter((_, thread) => queue.hasBegun(thread)));
      hear();
      return { traces, facts };
    },
  };
}

function* reportsIn(ports: readonly MessagePort[]): Generator<CrewReport> {
  for (const port of ports)
    for (let heard = receiveMessageOnPort(port); heard; heard = receiveMessageOnPort(port))
      yield heard.message as CrewReport;
}

/** The thread's own file: built beside the commands, or the source where sec runs from its sources. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const path = isSource ? 'src/adapters/sources/crew-worker.ts' : 'dist/adapters/sources/crew-worker.js';
  return join(packageRoot(), path);
}
