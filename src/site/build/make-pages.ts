import { tick, type Work } from '../../core/progress.ts';
import type { BuildStore, PageTrace } from '../build-store.ts';
import type { Page } from '../page/page.ts';
import type { OthersPages, SharedPages } from './crew.ts';
import type { PageMaker } from './page-maker.ts';

/** A page that must be rendered, and the layout it gets. */
export interface WantedPage {
  readonly page: Page;
  readonly layout: string;
}

interface Making {
  readonly maker: PageMaker;
  readonly store: BuildStore;
  /** The same pages, where others take some of them. */
  readonly shared: SharedPages | undefined;
  readonly signal: AbortSignal | undefined;
}

const STEP = 50;

/**
 * Renders pages into the store, with the crew where there is one.
 *
 * @returns all of them, and of what they saw what others said of it
 *
 * @throws what is wrong with the first page, in their order, that has something wrong with it
 */
export async function* makePages(wanted: readonly WantedPage[], making: Making): Work<OthersPages> {
  const { shared, signal } = making;
  const made = new Map<string, PageTrace>();
  for (let some = shared?.take(); some; some = shared?.take()) {
    if (!(await tryAll(wanted.slice(some.from, some.to), making, made))) break;
    yield tick(some.to, wanted.length);
    signal?.throwIfAborted();
  }
  const others = await shared?.others();
  for (const [id, trace] of others?.traces ?? []) made.set(id, trace);
  for (const [n, one] of wanted.entries()) {
    if (!made.has(one.page.id)) await makeOne(one, making, made);
    if (shared === undefined && (n % STEP === STEP - 1 || n === wanted.length - 1)) {
      yield tick(n + 1, wanted.length);
      signal?.throwIfAborted();
    }
  }
  return { traces: made, facts: others?.facts ?? new Map() };
}

/** Whether all went well. What went wrong is found again in the order of the pages. */
async function tryAll(
  wanted: readonly WantedPage[],
  making: Making,
  made: Map<string, PageTrace>,
): Promise<boolean> {
  try {
    for (const one of wanted) await makeOne(one, making, made);
    return true;
  } catch {
    return false;
  }
}

async function makeOne(
  { page, layout }: WantedPage,
  { maker, store }: Making,
  made: Map<string, PageTrace>,
): Promise<void> {
  const { html, trace } = await maker.make(page, layout);
  store.putText(trace.sha256, html);
  made.set(page.id, trace);
}
