import type { BuildResult } from '../../site/build.ts';

/** Which pages the preview shows, and of which moment. */
export interface PreviewView {
  readonly drafts: boolean;
  readonly future: boolean;
  /** A day or a moment as it was typed; now where absent. */
  readonly clock: string | undefined;
}

/** What stands in the way of showing the newest state, in plain words. */
export interface PreviewProblem {
  readonly message: string;
  readonly hint: string;
  /** The lines around the mistake, where it has a place in a file. */
  readonly excerpt: readonly ExcerptLine[];
}

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly isWrong: boolean;
}

/** The files that are live, by path; or why nobody knows. */
export type LiveFiles =
  | { readonly kind: 'known'; readonly files: ReadonlyMap<string, { readonly sha256: string }> }
  | { readonly kind: 'unknown'; readonly why: string };

/** All that the preview shows at one moment. */
export interface PreviewState {
  readonly view: PreviewView;
  /** The last build that came to its end. */
  readonly build: BuildResult | undefined;
  /** Why the newest one did not. */
  readonly problem: PreviewProblem | undefined;
  readonly live: LiveFiles;
}

export interface PreviewWork {
  build(view: PreviewView): Promise<BuildResult>;
  readLive(): Promise<LiveFiles>;
  explain(error: unknown): PreviewProblem;
}

/** A preview that is open: it builds when it is told that something changed, and tells those who look at it. */
export interface PreviewSession {
  state(): PreviewState;
  /** Builds again. Called while a build runs, it lets that one end and builds once more. */
  refresh(): Promise<void>;
  /** Asks again what is live. */
  compare(): Promise<void>;
  show(view: PreviewView): Promise<void>;
  /** @returns what ends the telling */
  subscribe(told: () => void): () => void;
}

/** A session that has built nothing yet. A build that fails leaves the last good one in its place. */
export function openSession(first: PreviewView, { build, readLive, explain }: PreviewWork): PreviewSession {
  let state: PreviewState = {
    view: first,
    build: undefined,
    problem: undefined,
    live: { kind: 'unknown', why: 'The live site is being asked.' },
  };
  const listeners = new Set<() => void>();
  let running: Promise<void> | undefined;
  let isStale = false;

  const become = (change: Partial<PreviewState>) => {
    state = { ...state, ...change };
    for (const told of listeners) told();
  };
  const once = async () => {
    try {
      become({ build: await build(state.view), problem: undefined });
    } catch (error) {
      become({ problem: explain(error) });
    }
  };
  const untilFresh = async () => {
    do {
      isStale = false;
      await once();
    } while (isStale);
    running = undefined;
  };
  const refresh = () => {
    isStale = true;
    running ??= untilFresh();
    return running;
  };
  return {
    state: () => state,
    refresh,
    compare: async () => become({ live: await readLive() }),
    show(view) {
      state = { ...state, view };
      return refresh();
    },
    subscribe(told) {
      listeners.add(told);
      return () => listeners.delete(told);
    },
  };
}
