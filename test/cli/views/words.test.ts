import { expect, it } from 'vitest';
import { count } from '../../../src/cli/views/words.ts';

it.each([
  [0, '0 pages'],
  [1, '1 page'],
  [999, '999 pages'],
  [1204, '1,204 pages'],
  [1_000_000, '1,000,000 pages'],
])('counts %d as a person reads it', (n, text) => {
  expect(count(n, 'page')).toBe(text);
});
