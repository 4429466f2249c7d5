import { expect, it } from 'vitest';
import { rendererOf } from './markdown.ts';

const render = rendererOf('sanitise');
const ids = (text: string) => [...render(text).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);

it('numbers headings with the same words', () => {
  expect(ids('# Tea\n\n# Tea\n\n# Tea 1\n\n# Tea\n\n# `Tea`')).toEqual([
    'tea',
    'tea-1',
    'tea-1-1',
    'tea-2',
    'tea-3',
  ]);
});

it('keeps the id that an author wrote, also one that stands twice', () => {
  expect(ids('# Tea {#one}\n\n# Cake {#one}\n\n# One')).toEqual(['one', 'one', 'one-1']);
});
