import { existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/adapters/hosts/directory/layout.ts';
import { localFiles } from '../../../src/adapters/hosts/directory/local-files.ts';
import { directoryHost } from '../../../src/adapters/hosts/directory.ts';
import { pruneFiles } from '../../../src/adapters/hosts/file-by-file/prune.ts';
import { finish } from '../../../src/core/progress.ts';
import { publishTo, release, testClock } from '../../support/publish.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const target = 'file:www';

function folderOfOthers() {
  const workspace = temporaryFolder();
  const folder = join(workspace, 'www');
  mkdirSync(folder);
  writeFileSync(join(folder, 'theirs.txt'), 'from before');
  return { folder, host: directoryHost({ target, folder, workspace, clock: testClock }) };
}

describe('a folder that is published to file by file', () => {
  it('keeps a page whose name only changed its letter case, where the disk knows one name for both', async () => {
    const { folder, host } = folderOfOthers();
    await publishTo(host, { 'index.html': 'home', 'About.html': 'about' });
    const state = await host.state();
    // Both names lead to one file, as on the disks of macOS and Windows.
    linkSync(join(folder, 'About.html'), join(folder, 'about.html'));
    const next = release({ 'index.html': 'home', 'about.html': 'about' }).publication(target);
    const removals = state.kind === 'present' ? { 'About.html': state.manifest.files['About.html'] } : {};
    await finish(
      pruneFiles(localFiles(), layoutOf(target, folder), state, {
        ...next,
        removals: removals as typeof next.removals,
      }),
    );
    expect(readFileSync(join(folder, 'About.html'), 'utf8')).toBe('about');
  });

  it('removes the old spelling where the disk tells them apart', async () => {
    const { folder, host } = folderOfOthers();
    await publishTo(host, { 'index.html': 'home', 'About.html': 'about' });
    await publishTo(host, { 'index.html': 'home', 'about.html': 'about' });
    expect(existsSync(join(folder, 'About.html'))).toBe(false);
    expect(readFileSync(join(folder, 'about.html'), 'utf8')).toBe('about');
  });

  it('stops between two files once somebody else has taken the lock over', async () => {
    const { folder, host } = folderOfOthers();
    const files = { 'a.html': 'a', 'index.html': 'home' };
    const built = release(files);
    const session = await host.open(
      {
        token: 't1',
        owner: 'A',
        machine: 'm',
        pid: 1,
        doing: 'x',
        client: 'kaldi',
      },
      [],
    );
    const publication = built.publication(target);
    await finish(session.stage(publication));
    const work = session.switch(publication);
    await work.next();
    await host.unlock();
    await expect(finish(work)).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(existsSync(join(folder, 'index.html'))).toBe(false);
    await session.close();
  });
});
