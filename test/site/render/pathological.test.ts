import { describe, expect, it } from 'vitest';
import { rendererOf } from './markdown.ts';
import { pathological } from './pathological.ts';

/** Far above what any of them takes; a parser whose time grows with the square of the text takes minutes. */
const LIMIT_MS = 20_000;

describe.each(['sanitise', 'allow', 'escape'] as const)('Markdown that is hard to parse (%s)', (html) => {
  const render = rendererOf(html);
  it.each(Object.entries(pathological))(
    '%s',
    (_, text) => expect(render(text)).toEqual(expect.any(String)),
    LIMIT_MS,
  );
});
