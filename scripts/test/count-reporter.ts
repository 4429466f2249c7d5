import type { Reporter, TestModule } from 'vitest/node';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts what ran, for the closing line. A file that could not be loaded is one failure. */
export function countReporter(counts: Counts): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[], unhandled) {
      for (const module of modules) {
        if (module.errors().length > 0) counts.failed += 1;
        for (const test of module.children.allTests()) {
          const { state } = test.result();
          counts[state === 'pending' ? 'skipped' : state] += 1;
        }
      }
      counts.failed += unhandled.length;
    },
  };
}
