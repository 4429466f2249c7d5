import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchFolders } from '../../../src/adapters/watch/watch-folders.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function watched(...below: string[]) {
  const dir = temporaryFolder();
  let changes = 0;
  const watcher = watchFolders(below.length > 0 ? below.map((name) => join(dir, name)) : [dir], {
    changed: () => changes++,
    passOver: (path) => path.endsWith('.tmp'),
  });
  onTestFinished(() => watcher.close());
  /** Does something, and waits until it was told of. */
  const tells = async (act: () => void) => {
    await quiet();
    const before = changes;
    act();
    await vi.waitFor(() => expect(changes).toBeGreaterThan(before), { timeout: 5000, interval: 5 });
  };
  const quiet = async () => {
    for (let last = -1; last !== changes; ) {
      last = changes;
      await new Promise((done) => setTimeout(done, 60));
    }
  };
  return { dir, tells, quiet, count: () => changes };
}

describe('watchFolders', () => {
  it('tells of a file that is made, written, replaced and removed', async () => {
    const { dir, tells } = watched();
    const file = join(dir, 'page.md');
    await tells(() => writeFileSync(file, 'one'));
    await tells(() => writeFileSync(file, 'two'));
    writeFileSync(`${file}.tmp`, 'three');
    await tells(() => renameSync(`${file}.tmp`, file));
    await tells(() => writeFileSync(file, 'four'));
    await tells(() => rmSync(file));
  });

  it('follows folders that appear, move and come back', async () => {
    const { dir, tells } = watched();
    await tells(() => mkdirSync(join(dir, 'a/b'), { recursive: true }));
    await tells(() => writeFileSync(join(dir, 'a/b/page.md'), 'one'));
    await tells(() => renameSync(join(dir, 'a'), join(dir, 'z')));
    await tells(() => writeFileSync(join(dir, 'z/b/page.md'), 'two'));
    await tells(() => rmSync(join(dir, 'z'), { recursive: true }));
    await tells(() => mkdirSync(join(dir, 'z')));
    await tells(() => writeFileSync(join(dir, 'z/page.md'), 'three'));
  });

  it('waits for a folder that is not there yet', async () => {
    const { dir, tells } = watched('campaigns/kaldi');
    await tells(() => mkdirSync(join(dir, 'campaigns/kaldi/spring'), { recursive: true }));
    await tells(() => writeFileSync(join(dir, 'campaigns/kaldi/spring/campaign.md'), 'one'));
  });

  it('says nothing of what is passed over', async () => {
    const { dir, tells, quiet, count } = watched();
    await tells(() => writeFileSync(join(dir, 'page.md'), 'one'));
    await quiet();
    const before = count();
    writeFileSync(join(dir, 'page.md.tmp'), 'one');
    await quiet();
    expect(count()).toBe(before);
  });
});
