import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releaseStore } from '../../../src/adapters/releases/store.ts';
import type { PublishedRecord } from '../../../src/publish/index.ts';
import { release } from '../../support/publish.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const record = (digest: string, at: string): PublishedRecord => ({
  at,
  action: 'publish',
  target: 'file:public/kaldi',
  release: digest,
  parent: null,
  by: 'Operator',
  files: 1,
  uploaded: 1,
  removed: 0,
});
const objectsIn = (dir: string) =>
  readdirSync(join(dir, 'releases/objects'), { recursive: true, withFileTypes: true }).filter((e) =>
    e.isFile(),
  );

describe('the release store', () => {
  it('gives a release back as it was', async () => {
    const store = releaseStore('kaldi', temporaryFolder());
    const kept = release({ 'index.html': 'home', 'a/b.css': 'css' });
    await store.keep(kept, kept.content);
    const found = await store.find(kept.digest.slice(0, 8));
    expect(found.release).toMatchObject({ client: 'kaldi', digest: kept.digest });
    expect([...found.release.files]).toEqual([...kept.files]);
    expect(readFileSync(found.content.locate('a/b.css'), 'utf8')).toBe('css');
  });

  it('keeps what releases share once', async () => {
    const dir = temporaryFolder();
    const store = releaseStore('kaldi', dir);
    for (const home of ['1', '2', '3']) {
      const kept = release({ 'index.html': home, 'same.css': 'css', 'copy.css': 'css' });
      await store.keep(kept, kept.content);
    }
    expect(objectsIn(dir)).toHaveLength(4);
  });

  it('gives back nothing that was changed by hand since it was kept', async () => {
    const dir = temporaryFolder();
    const store = releaseStore('kaldi', dir);
    const [approved, other] = [release({ 'index.html': 'home' }), release({ 'index.html': 'evil' })];
    for (const one of [approved, other]) await store.keep(one, one.content);
    const tree = (digest: string) => join(dir, 'releases/trees', `${digest}.json`);
    copyFileSync(tree(other.digest), tree(approved.digest));
    await expect(store.find(approved.digest)).rejects.toMatchObject({ code: 'RELEASE_DAMAGED' });
    writeFileSync(tree(approved.digest), '{');
    await expect(store.find(approved.digest)).rejects.toMatchObject({ code: 'RELEASE_DAMAGED' });
    const third = release({ 'index.html': 'third' });
    await store.keep(third, third.content);
    await store.drop(await store.surplus(1, new Set([approved.digest, third.digest])));
    expect(readFileSync((await store.find(third.digest)).content.locate('index.html'), 'utf8')).toBe('third');
  });

  it('heals what a power cut left of a kept file', async () => {
    const dir = temporaryFolder();
    const store = releaseStore('kaldi', dir);
    const kept = release({ 'index.html': 'home' });
    await store.keep(kept, kept.content);
    const { content } = await store.find(kept.digest);
    rmSync(content.locate('index.html'));
    writeFileSync(content.locate('index.html'), '');
    await store.keep(kept, kept.content);
    expect(readFileSync(content.locate('index.html'), 'utf8')).toBe('home');
  });

  it('refuses a beginning that fits none or several', async () => {
    const store = releaseStore('kaldi', temporaryFolder());
    await expect(store.find('abc')).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    const kept = [release({ 'index.html': '1' }), release({ 'index.html': '2' })];
    for (const one of kept) await store.keep(one, one.content);
    await expect(store.find('')).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    await expect(store.find('../../x')).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });

  it('lets the oldest go, but never what is live, and clears what only they had', async () => {
    const dir = temporaryFolder();
    const store = releaseStore('kaldi', dir);
    const all = ['1', '2', '3', '4'].map((home) => release({ 'index.html': home, 'same.css': 'css' }));
    for (const [n, one] of all.entries()) {
      await store.keep(one, one.content);
      await store.record(record(one.digest, `2026-01-0${n + 1}T00:00:00Z`));
    }
    const [oldest, second, third, newest] = all.map(({ digest }) => digest);
    await store.drop(await store.surplus(2, new Set([oldest ?? ''])));
    expect(await store.kept()).toEqual(new Set([oldest, third, newest]));
    await expect(store.find(second ?? '')).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    expect(objectsIn(dir)).toHaveLength(4);
    expect(readFileSync((await store.find(oldest ?? '')).content.locate('same.css'), 'utf8')).toBe('css');
  });

  it('reads the history past a line that was cut off', async () => {
    const dir = temporaryFolder();
    const store = releaseStore('kaldi', dir);
    expect(await store.history()).toEqual([]);
    await store.record(record('a'.repeat(64), '2026-01-01T00:00:00Z'));
    const { appendFileSync } = await import('node:fs');
    appendFileSync(join(dir, 'releases/history.jsonl'), '{"at":"2026-');
    expect(await store.history()).toEqual([record('a'.repeat(64), '2026-01-01T00:00:00Z')]);
  });

  it('is for its owner only', async () => {
    const dir = join(temporaryFolder(), 'clients/kaldi');
    const kept = release({ 'index.html': 'home' });
    await releaseStore('kaldi', dir).keep(kept, kept.content);
    expect(statSync(dir).mode & 0o077).toBe(0);
  });
});
