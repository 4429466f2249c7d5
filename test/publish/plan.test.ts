import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { type HostState, isSettled, makeManifest, planPublish } from '../../src/publish/index.ts';
import { publishOrder } from '../../src/publish/order.ts';
import { type Files, plannedRelease, testClock } from '../support/publish.ts';

const target = 'file:public/kaldi';
const facts = { target, parent: undefined, tool: 'sec test', now: testClock.now() };
const manifestOf = (files: Files, client = 'kaldi') => makeManifest(plannedRelease(files, client), facts);
const present = (files: Files, client = 'kaldi'): HostState => ({
  kind: 'present',
  manifest: manifestOf(files, client),
});
const many = (n: number): Files =>
  Object.fromEntries(Array.from({ length: n }, (_, k) => [`page-${k}/index.html`, `page ${k}`]));
const codeOf = (plan: () => unknown) => {
  try {
    plan();
  } catch (error) {
    if (isSecError(error)) return error.code;
    throw error;
  }
  return 'planned';
};

/** Paths that do not collide with each other on any host. */
const pathSet = fc
  .uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .tuple(fc.constantFrom('', 'x/', 'x/y/'), fc.constantFrom('.html', '.css', '.xml'))
          .map(([folder, ending]) => `${folder}${name}${ending}`),
      ),
    ),
  );
const files = pathSet.chain((paths) =>
  fc.array(fc.constantFrom('one', 'two', 'three'), { minLength: paths.length, maxLength: paths.length }).map(
    (texts): Files => ({
      'home.html': 'home',
      ...Object.fromEntries(paths.map((p, n) => [p, texts[n] ?? ''])),
    }),
  ),
);

describe('a plan', () => {
  it('turns what is live into exactly the release, and touches nothing else', () => {
    fc.assert(
      fc.property(files, files, (live, next) => {
        const plan = planPublish(plannedRelease(next), present(live), { target, maxDeletes: 99 });
        const after = new Map(Object.entries(live));
        for (const { path } of plan.uploads) after.set(path, next[path] ?? 'missing');
        for (const path of Object.keys(plan.removals)) after.delete(path);
        expect(Object.fromEntries(after)).toEqual(next);
        expect(Object.keys(plan.removals).every((path) => path in live)).toBe(true);
        expect(plan.uploads.every(({ path }) => live[path] !== next[path])).toBe(true);
        expect(plan.unchanged + plan.uploads.length).toBe(Object.keys(next).length);
      }),
    );
  });

  it('uploads again whatever a stopped run may have left either way', () => {
    fc.assert(
      fc.property(files, files, files, fc.array(fc.boolean()), (live, stopped, next, done) => {
        const options = { target, maxDeletes: 99 };
        const before = planPublish(plannedRelease(stopped), present(live), options);
        const onHost = new Map(Object.entries(live));
        for (const [n, { path }] of before.uploads.entries())
          if (done[n]) onHost.set(path, stopped[path] ?? '');
        const interrupted = { next: manifestOf(stopped), removals: before.removals };
        const state: HostState = { kind: 'present', manifest: manifestOf(live), interrupted };
        const plan = planPublish(plannedRelease(next), state, options);
        for (const { path } of plan.uploads) onHost.set(path, next[path] ?? '');
        for (const path of Object.keys(plan.removals)) onHost.delete(path);
        expect(Object.fromEntries(onHost)).toEqual(next);
        expect(isSettled(plan)).toBe(false);
      }),
    );
  });

  it('is settled only where the same release is live', () => {
    const home = { 'index.html': 'home' };
    const options = { target };
    expect(isSettled(planPublish(plannedRelease(home), present(home), options))).toBe(true);
    expect(isSettled(planPublish(plannedRelease(home), { kind: 'absent' }, options))).toBe(false);
    expect(isSettled(planPublish(plannedRelease({ 'index.html': '2' }), present(home), options))).toBe(false);
  });

  it('brings assets first, then pages, then what lists them, the front page last', () => {
    const paths = ['index.html', 'sitemap.xml', 'b/index.html', 'z.css', 'feed.xml', 'a.html', 'img/a.webp'];
    expect(paths.sort(publishOrder)).toEqual([
      'img/a.webp',
      'z.css',
      'a.html',
      'b/index.html',
      'feed.xml',
      'sitemap.xml',
      'index.html',
    ]);
  });
});

describe('the guards', () => {
  const home = { 'index.html': 'home' };

  it('refuse a build without a page', () => {
    const plan = () => planPublish(plannedRelease({ 'a.css': '' }), present(home), { target });
    expect(codeOf(plan)).toBe('PUBLISH_EMPTY');
    expect(codeOf(() => planPublish(plannedRelease({}), { kind: 'absent' }, { target }))).toBe(
      'PUBLISH_EMPTY',
    );
  });

  it('refuse to lose more than half of the site, unless the number is named', () => {
    const half = Object.fromEntries(Object.entries(many(20)).slice(0, 10));
    const less = Object.fromEntries(Object.entries(many(20)).slice(0, 9));
    const plan = (next: Files, maxDeletes?: number) =>
      codeOf(() => planPublish(plannedRelease(next), present(many(20)), { target, maxDeletes }));
    expect(plan(half)).toBe('planned');
    expect(plan(less)).toBe('PUBLISH_SHRINKS');
    expect(plan(less, 11)).toBe('planned');
    expect(plan(less, 10)).toBe('PUBLISH_TOO_MANY_DELETES');
  });

  it('take a limit of none at its word', () => {
    const plan = () =>
      planPublish(plannedRelease(home), present({ ...home, 'a.html': '' }), { target, maxDeletes: 0 });
    expect(codeOf(plan)).toBe('PUBLISH_TOO_MANY_DELETES');
  });

  it('let a small site change freely', () => {
    expect(codeOf(() => planPublish(plannedRelease(home), present(many(9)), { target }))).toBe('planned');
  });

  it('refuse another client’s host, also where only a stopped run was there', () => {
    const plan = (state: HostState) => codeOf(() => planPublish(plannedRelease(home), state, { target }));
    expect(plan(present(home, 'liepa'))).toBe('HOST_OF_ANOTHER');
    const interrupted = { next: manifestOf(home, 'liepa'), removals: {} };
    expect(plan({ kind: 'present', manifest: manifestOf(home), interrupted })).toBe('HOST_OF_ANOTHER');
  });

  it('refuse records that were made for another place', () => {
    const elsewhere = { target: 'file:public/elsewhere' };
    expect(codeOf(() => planPublish(plannedRelease(home), present(home), elsewhere))).toBe('HOST_MOVED');
  });

  it('never name a hash that sec did not record as owned', () => {
    const plan = planPublish(plannedRelease(home), present({ ...home, 'a.html': 'a' }), { target });
    expect(plan.removals).toEqual({ 'a.html': { sha256: sha256('a'), size: 1, headers: {} } });
  });

  it('brings a file again whose headers changed, and says so in the manifest', () => {
    const home = { 'index.html': 'home', 'a.css': 'css' };
    const headers = (path: string) => ({ 'content-type': path.endsWith('.css') ? 'text/css' : 'text/html' });
    const served: HostState = {
      kind: 'present',
      manifest: makeManifest(plannedRelease(home), { ...facts, headers }),
    };
    const same = planPublish(plannedRelease(home), served, { target, headers });
    expect(isSettled(same)).toBe(true);
    const other = (path: string) => (path === 'a.css' ? { 'content-type': 'text/plain' } : headers(path));
    const plan = planPublish(plannedRelease(home), served, { target, headers: other });
    expect(plan.uploads).toEqual([{ path: 'a.css', change: 'changed', size: 3 }]);
    expect(isSettled(plan)).toBe(false);
  });
});
