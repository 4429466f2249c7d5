import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { planQuestion, planView } from '../../../src/cli/views/publish.ts';
import { makeManifest, type PublishPlan, planPublish } from '../../../src/publish/index.ts';
import { type Files, plannedRelease, testClock } from '../../support/publish.ts';

const target = 'file:public/kaldi';
function plan(live: Files, next: Files) {
  const manifest = makeManifest(plannedRelease(live), {
    target,
    parent: undefined,
    tool: 'sec test',
    now: testClock.now(),
  });
  return planPublish(plannedRelease(next), { kind: 'present', manifest }, { target });
}

const plain = (shown: PublishPlan) => stripVTControlCharacters(planView(shown));

describe('a plan in plain words', () => {
  it('names pages by their address, files by their name, and what goes', () => {
    const shown = plan(
      { 'index.html': '1', 'old/index.html': 'x', 'a.css': 'a', '404.html': '4' },
      { 'index.html': '2', 'new/index.html': 'x', 'img/b.webp': 'b', 'a.css': 'a', '404.html': '4' },
    );
    expect(plain(shown).split('\n')).toEqual([
      'kaldi → file:public/kaldi',
      '  +  1 new page      /new/',
      '  +  1 new file      img/b.webp',
      '  ~  1 changed page  /',
      '  −  1 removed page  /old/',
      '  Visitors will see 1 page changed, find 1 new page, no longer find 1 page.',
      '  3 B to bring, 2 files unchanged',
    ]);
    expect(planQuestion(shown)).toBe('Bring 3 files to the live site of kaldi, and remove 1 file from it?');
  });

  it('keeps a long list on one line, and says how many more', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`a-rather-long-name-${n}/index.html`, '']),
    );
    const [, row = ''] = plain(plan({ 'index.html': '1' }, { 'index.html': '1', ...many })).split('\n');
    expect(row).toMatch(/^ {2}\+ {2}40 new pages {2}\/a-rather-long-name-0\/ .* and 38 more$/);
    expect(row.length).toBeLessThan(110);
  });

  it('says so where a page can be missing for a moment, and nothing of it where all goes live at once', () => {
    const shown = plan({ 'index.html': '1' }, { 'index.html': '2' });
    expect(planView(shown, 'gaps')).toContain('is missing for a moment');
    expect(planView(shown, 'file by file')).toContain('side by side');
    expect(planView(shown)).not.toContain('This host');
  });

  it('says so where nothing changes', () => {
    expect(plain(plan({ 'index.html': '1' }, { 'index.html': '1' }))).toContain('Nothing to change');
  });
});
