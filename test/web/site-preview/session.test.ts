import { describe, expect, it } from 'vitest';
import type { BuildResult } from '../../../src/site/build.ts';
import { makeRelease } from '../../../src/site/release.ts';
import { openSession } from '../../../src/web/site-preview/session.ts';

const view = { drafts: false, future: false, clock: undefined };
const built = (name: string): BuildResult => ({
  release: makeRelease(name, []),
  content: { locate: (path) => path },
  pages: { total: 0, rendered: 0, reused: 0 },
  outline: [],
  warnings: [],
  durationMs: 0,
});
const readLive = async () => ({ kind: 'unknown', why: '' }) as const;
const explain = (error: unknown) => ({ message: (error as Error).message, hint: '', excerpt: [] });

describe('openSession', () => {
  it('keeps the last good build while something is wrong', async () => {
    let broken = false;
    const build = async () => {
      if (broken) throw new Error('line 3');
      return built('good');
    };
    const session = openSession(view, { build, readLive, explain });
    await session.refresh();
    broken = true;
    await session.refresh();
    expect(session.state()).toMatchObject({
      build: { release: { client: 'good' } },
      problem: { message: 'line 3' },
    });
    broken = false;
    await session.refresh();
    expect(session.state().problem).toBeUndefined();
  });

  it('builds once more for all that changed while a build ran', async () => {
    let builds = 0;
    let finish = () => {};
    const build = async () => {
      builds++;
      if (builds === 1)
        await new Promise<void>((done) => {
          finish = done;
        });
      return built(String(builds));
    };
    const session = openSession(view, { build, readLive, explain });
    const first = session.refresh();
    const others = [session.refresh(), session.refresh(), session.refresh()];
    finish();
    await Promise.all([first, ...others]);
    expect(builds).toBe(2);
    expect(session.state().build?.release.client).toBe('2');
    await session.refresh();
    expect(builds).toBe(3);
  });

  it('tells those who look, until they stop', async () => {
    const session = openSession(view, { build: async () => built('x'), readLive, explain });
    let told = 0;
    const stop = session.subscribe(() => told++);
    await session.show({ ...view, drafts: true });
    expect([told, session.state().view.drafts]).toEqual([1, true]);
    stop();
    await session.refresh();
    expect(told).toBe(1);
  });
});
