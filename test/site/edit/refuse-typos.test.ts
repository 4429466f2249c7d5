import { describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../src/site/edit/field-path.ts';
import { refuseTypos } from '../../../src/site/edit/refuse-typos.ts';
import type { Page } from '../../../src/site/page/page.ts';
import { readPage } from '../../../src/site/page/read-page.ts';
import type { Client } from '../../../src/workspace/client.ts';

const text = '---\ntitle: Courses\nplaces: 12\n---\n';
const settings = { locales: ['en'], timezone: 'Europe/Riga' };
const page = readPage({ path: 'courses.md', file: 'courses.md', text, sha256: '' }, settings) as Page;
const fields = { teacher: { type: 'text' } };
const client = { config: { kinds: { page: { fields } } } } as unknown as Client;
const check = (assignment: string) => refuseTypos([parseAssignment(assignment)], page, client);

describe('fields that a page does not have yet', () => {
  it.each([
    ['titel=X', 'title'],
    ['place=9', 'places'],
    ['teachr=Anna', 'teacher'],
    ['tag=[a]', 'tags'],
    ['imge.src=a.jpg', 'image'],
  ])('are refused where %s is a slip', (assignment, meant) => {
    expect(() => check(assignment)).toThrow(`did you mean "${meant}"`);
  });

  it.each(['title=X', 'teacher=Anna', 'tags=[a]', 'call.heading=Come', 'oven=hot'])(
    'take %s',
    (assignment) => {
      expect(() => check(assignment)).not.toThrow();
    },
  );
});
