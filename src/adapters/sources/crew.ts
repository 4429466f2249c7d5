import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Crew, SharedPages, Shift } from '../../site/build/crew.ts';
import type { PageTrace } from '../../site/build-store.ts';
import { packageRoot } from '../files/package-root.ts';
import { packInput } from './pack-input.ts';
import { type CrewOrder, type CrewStart, createQueue, sharedBytes, type ThreadData } from './page-queue.ts';

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
      const answers = workers.map(answerOf);
      const told: CrewStart = { objects, input: packInput(input) };
      for (const worker of workers) {
        worker.ref();
        worker.postMessage(told);
      }
      return { share: (ids) => share(ids, workers, answers) };
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

type Answer = readonly (readonly [string, PageTrace])[] | undefined;

/** A thread's pages, or nothing where anything went wrong in it: they are made by whoever asked then. */
const answerOf = (worker: Worker): Promise<Answer> =>
  new Promise((settle) => {
    worker.once('message', settle);
    worker.once('error', () => settle(undefined));
    worker.once('exit', () => settle(undefined));
  });

function share(
  ids: readonly string[],
  workers: readonly Worker[],
  answers: readonly Promise<Answer>[],
): SharedPages {
  const taken = sharedBytes(workers.length);
  const queue = createQueue(ids.length, taken);
  for (const [thread, worker] of workers.entries())
    worker.postMessage({ ids, taken, thread } satisfies CrewOrder);
  return {
    take: queue.take,
    async others() {
      // Nobody waits for a thread that is still reading the site when all is taken.
      const made = await Promise.all(answers.filter((_, thread) => queue.hasBegun(thread)));
      return made.includes(undefined) ? undefined : new Map(made.flatMap((pages) => pages ?? []));
    },
  };
}

/** The thread's own file: built beside the commands, or the source where sec runs from its sources. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const path = isSource ? 'src/adapters/sources/crew-worker.ts' : 'dist/adapters/sources/crew-worker.js';
  return join(packageRoot(), path);
}
