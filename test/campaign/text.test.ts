import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/campaign/markdown.ts';
import { toPlainText } from '../../src/campaign/text.ts';

const plain = (markdown: string) => toPlainText(renderMarkdown(markdown, new Map(), 536), 'before');

describe('the text part', () => {
  it('reads like a letter: headings as they are, lists, quotes, links behind their words', () => {
    expect(
      plain('# News\n\nSee [our page](https://kaldi.example/a?b=1&c=2).\n\n- One\n- Two\n\n> Quoted\n'),
    ).toBe('News\n\nSee our page <https://kaldi.example/a?b=1&c=2>.\n\n- One\n- Two\n\n> Quoted\n');
  });

  it('keeps a table a table', () => {
    expect(plain('| Day | Hours |\n|---|---|\n| Monday | 7–19 |\n| Saturday | 8–17 |\n')).toBe(
      'Day       Hours\nMonday    7–19\nSaturday  8–17\n',
    );
  });

  it('does not repeat an address that is its own words, and takes no other word for an address', () => {
    expect(plain('https://kaldi.example/ or plkst.io')).toBe('https://kaldi.example/ or plkst.io\n');
  });

  it('leaves out what is only for the eye, and says what is struck out', () => {
    const html =
      '<p>9 <span class="struck"><s>10</s></span><i class="no-text">-10%</i><img src="a.png" alt="A"></p><p>\u00a0</p>';
    expect(toPlainText(html, 'before')).toBe('9 (before 10)\n');
  });

  it('breaks lines at 72 characters', () => {
    const lines = plain('word '.repeat(60)).trim().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
  });
});
