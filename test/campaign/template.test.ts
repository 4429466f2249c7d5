import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, makePalette } from '../../src/campaign/template/colours.ts';
import { expandTemplate } from '../../src/campaign/template/expand.ts';
import { renderMjml } from '../../src/campaign/template/mjml.ts';
import type { Template } from '../../src/campaign/template/template.ts';

const template = (source: string, partials: Record<string, string> = {}): Template => ({
  name: 'own',
  file: 'own.mjml',
  source,
  words: {},
  partials: new Map(
    Object.entries(partials).map(([name, source]) => [name, { file: `partials/${name}.mjml`, source }]),
  ),
});
const expand = (source: string, view: object = {}, partials: Record<string, string> = {}) =>
  expandTemplate(template(source, partials), view, (text) => text);
const compile = async (source: string, view: object = {}, partials: Record<string, string> = {}) => {
  const { text, placeOf } = expand(source, view, partials);
  return renderMjml(text, placeOf);
};
const body = (inner: string) => `<mjml>\n<mj-body>\n${inner}\n</mj-body>\n</mjml>`;
const text = (inner: string) =>
  body(`<mj-section><mj-column><mj-text>${inner}</mj-text></mj-column></mj-section>`);

describe('a template', () => {
  it('is filled and becomes HTML', async () => {
    expect(await compile(text('{{title}} {{{html}}}'), { title: 'A & B', html: '<b>x</b>' })).toMatch(
      /A &amp; B <b>x<\/b>/,
    );
  });

  it.each([
    [
      'a tag that MJML does not have',
      body('<mj-section>\n<mj-colum></mj-colum>\n</mj-section>'),
      'own.mjml, line 4',
    ],
    [
      'an attribute that it does not have',
      body('<mj-section colour="red"></mj-section>'),
      'own.mjml, line 3',
    ],
    ['a tag that is not closed', body('<mj-section>\n<mj-column>\n</mj-section>'), 'own.mjml, line 4'],
    ['a closing tag too many', body('</mj-section>'), 'own.mjml, line 3'],
    ['an include', body('<mj-include path="../../../secret.mjml" />'), 'own.mjml, line 3'],
    ['a name that is not there', text('{{titel}}'), 'own.mjml, line 3'],
    ['a partial that is not there', body('\n{{> nothing}}'), 'own.mjml, line 4'],
    ['a block that is not closed', body('{{#if title}}'), 'own.mjml, line'],
    ['a helper that is not there', text('{{lookup this "x"}}'), 'own.mjml, line 3'],
    ['something that is no MJML', 'Hello', 'own.mjml, line 1'],
  ])('with %s is refused at its line', async (_, source, place) => {
    await expect(compile(source, { title: 'x' })).rejects.toMatchObject({
      code: 'TEMPLATE_BROKEN',
      message: expect.stringContaining(place),
    });
  });

  it('names the line of the part, also behind loops and parts that moved the lines', async () => {
    const source = body('{{#each list}}\n{{> good}}\n{{/each}}\n{{> bad}}');
    const parts = {
      good: '<mj-section>\n</mj-section>',
      bad: '<mj-section>\n\n<mj-tex></mj-tex></mj-section>',
    };
    await expect(compile(source, { list: [1, 2, 3] }, parts)).rejects.toThrow('partials/bad.mjml, line 3');
    const own = body('{{#each list}}\n{{> good}}\n{{/each}}\n<mj-tex></mj-tex>');
    await expect(compile(own, { list: [1, 2, 3] }, parts)).rejects.toThrow('own.mjml, line 6');
    await expect(compile(body('{{> named}}'), {}, { named: '\n{{nothing}}' })).rejects.toThrow(
      'partials/named.mjml, line 2',
    );
  });

  it('has no way to a prototype', () => {
    for (const source of ['{{constructor.name}}', '{{title.constructor.name}}', '{{#with title}}x{{/with}}'])
      expect(() => expand(source, { title: 'x' }), source).toThrow(/own\.mjml, line 1/);
    expect(expand('[{{__proto__}}]', { title: 'x' }).text).toBe('[]');
  });
});

describe('a palette', () => {
  it('can be read on light and on dark, whatever the client chose', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, colour, (brand, accent) => {
        const p = makePalette(brand, accent);
        expect(contrast(p.brand, p.onBrand)).toBeGreaterThanOrEqual(4.4);
        expect(contrast(p.accent, p.onAccent)).toBeGreaterThanOrEqual(4.4);
        expect(contrast(p.ink, '#ffffff')).toBeGreaterThanOrEqual(4.5);
        expect(contrast(p.inkDark, '#25282f')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('does not trust what is no colour', () => {
    expect(makePalette('red;}</style><script>', undefined)).toEqual(makePalette(undefined, undefined));
  });
});
