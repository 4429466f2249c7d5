import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPageText } from '../../../src/adapters/sources/page-texts.ts';
import { createTextMemory } from '../../../src/adapters/sources/text-memory.ts';
import { frontDigest } from '../../../src/site/source/read-front.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const parts = [
  '---',
  '\n',
  '\r\n',
  ' ',
  'title: Tea',
  'ä😀',
  '\uFEFF',
  '<!-- a -->',
  '+++',
  '{',
  '-',
  'text',
];

it('names the front of a page by its bytes as by its text', () => {
  const location = join(temporaryFolder(), 'a.md');
  const texts = createTextMemory();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (some) => {
      const text = some.join('');
      writeFileSync(location, text);
      const { page } = readPageText({ path: 'a.md', location }, (file) => file, texts);
      expect(page.front).toBe(frontDigest(text));
      expect(page.text).toBe(text);
    }),
    { numRuns: 300 },
  );
});
