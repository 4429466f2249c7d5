import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Crew, SharedPages, Shift } from '../../site/build/crew.ts';
import type { PageTrace } from '../../site/build-store.ts';
import type { FactName, KeptFact } from '../../site/render/facts.ts';
import { packageRoot } from '../files/package-root.ts';
import { packInput } from './pack-input.ts';
import {
  type CrewMessage,
  type CrewOrder,
  type CrewReport,
  createQueue,
  sharedBytes,
  type ThreadData,
} from './page-queue.ts';
import { pageTeller } from './told-pages.ts';

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
  let ready: readonly Member[] | undefined;
  const start = () => {
    ready ??= Array.from({ length: size }, startThread);
    return ready;
  };
  const tellAll = (message: CrewMessage) => {
    for (const { worker } of start()) worker.postMessage(message);
  };
  const teller = pageTeller((pages) => tellAll({ pages }));
  return {
    prepare() {
      start();
      return teller.tell;
    },
    begin(input): Shift {
      const members = start();
      const ends = members.map(endOf);
      for (const { worker } of members) worker.ref();
      tellAll({ objects, input: packInput(input, teller) });
      for (const report of reportsOf(members))
        if ('fronts' in report)
          for (const [sha256, front] of report.fronts) input.sources.fronts.set(sha256, front);
      return { share: (ids) => share(ids, members, ends) };
    },
    end() {
      for (const { worker } of ready ?? []) void worker.terminate();
    },
  };
}

/** One thread, and what it says between its beginning and its end. */
interface Member {
  readonly worker: Worker;
  readonly reports: MessagePort;
}

/** A thread that keeps nobody waiting while it has nothing to do. */
function startThread(): Member {
  const { port1, port2 } = new MessageChannel();
  const data: ThreadData = { compileCache: getCompileCacheDir(), reports: port2 };
  const worker = new Worker(workerFile(), { workerData: data, transferList: [port2] });
  worker.on('error', () => {});
  worker.unref();
  return { worker, reports: port1 };
}

/** A thread has made all that it took, or anything went wrong in it: the rest is made by whoever asked then. */
const endOf = ({ worker }: Member): Promise<void> =>
  new Promise((settle) => {
    for (const event of ['message', 'error', 'exit']) worker.once(event, () => settle());
  });

/** What the threads have told by now, without waiting for more. */
function* reportsOf(members: readonly Member[]): Generator<CrewReport> {
  for (const { reports } of members)
    for (let heard = receiveMessageOnPort(reports); heard; heard = receiveMessageOnPort(reports))
      yield heard.message as CrewReport;
}

function share(
  ids: readonly string[],
  members: readonly Member[],
  ends: readonly Promise<void>[],
): SharedPages {
  const taken = sharedBytes(members.length);
  const queue = createQueue(ids.length, taken);
  for (const [thread, { worker }] of members.entries())
    worker.postMessage({ ids, taken, thread } satisfies CrewOrder);
  const traces = new Map<string, PageTrace>();
  const facts = new Map<FactName, KeptFact>();
  const hear = () => {
    for (const report of reportsOf(members)) {
      if ('fronts' in report) continue;
      for (const [id, trace] of report.made) traces.set(id, trace);
      for (const [name, fact] of report.facts) facts.set(name, fact);
    }
  };
  return {
    take() {
      // Heard between pages, not at the end: the others would have nothing left to do meanwhile.
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

/** The thread's own file: built beside the commands, or the source where sec runs from its sources. */
function workerFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const path = isSource ? 'src/adapters/sources/crew-worker.ts' : 'dist/adapters/sources/crew-worker.js';
  return join(packageRoot(), path);
}
