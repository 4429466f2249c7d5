import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fitted } from '../../src/cli/progress/terminal.ts';

const colour = (text: string) => `\u001b[36m${text}\u001b[39m`;

describe('a live line', () => {
  it('is cut before it would wrap, with its colours closed', () => {
    const line = fitted(`${colour('•')} Bringing the files to the host ${colour('━'.repeat(24))} 6 of 6`, 40);
    expect(stripVTControlCharacters(line)).toBe('• Bringing the files to the host ━━━━━…');
    expect(line).toBe(`${colour('•')} Bringing the files to the host ${colour('━━━━━')}…`);
  });

  it('stays as it is where it fits, letters with marks counted once', () => {
    expect(fitted('Ķīpsalā', 8)).toBe('Ķīpsalā');
    expect(fitted('Ķīpsalā', 7)).toBe('Ķīpsa…');
    expect(fitted('Building 3 pages', undefined)).toBe('Building 3 pages');
  });
});
