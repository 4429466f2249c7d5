import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, makePalette } from '../../src/campaign/template/colours.ts';
import { expandTemplate } from '../../src/campaign/template/expand.ts';
import { renderMjml } from '../../src/campaign/template/mjml.ts';
import { prepareTemplate } from '../../src/campaign/template/prepare.ts';
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
    ['a name that is not there', text('{{titel}}'), 'own.mjml, line 3'],
    [
      'a loop over nothing',
      body('\n{{#each ofers}}x{{/each}}'),
      'own.mjml, line 4: the template asks for "ofers"',
    ],
    ['a condition on nothing', body('{{#if titel}}x{{/if}}'), 'own.mjml, line 3'],
    [
      'a name that is not there, in a loop',
      body('{{#each title}}\n{{#if @root.titel}}x{{/if}}{{/each}}'),
      'own.mjml, line 4',
    ],
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

describe('a template of somebody else', () => {
  const foot = '{{sender.address}} \\{{unsubscribe_url}}';
  const prepared = (source: string, partials: Record<string, string> = {}): Template => {
    const paths = Object.entries(partials).map(([path, source]) => [path, { file: path, source }] as const);
    return prepareTemplate({ ...template(source), partials: new Map(paths) }, '1 Bean Street');
  };
  const render = async (source: string, partials: Record<string, string> = {}) => {
    const { text, placeOf } = expandTemplate(
      prepared(source, { ...partials, legal: `<mj-section>${foot}</mj-section>` }),
      { sender: { address: '1 Bean Street' } },
      (text) => text,
    );
    return { text, html: await renderMjml(text, placeOf) };
  };

  it('may be put together of files, as MJML does', async () => {
    const { html } = await render(
      `<mjml><mj-head><mj-include path="look/style.css" type="css" /></mj-head><mj-body>\n<mj-include path="./parts/top" />\n<mj-include\n path='note.html'\n type='html'></mj-include>${foot}</mj-body></mjml>`,
      {
        'look/style.css': '.x { color: red }',
        'note.html': '<p>from a file</p>',
        'parts/top.mjml':
          '<mjml><mj-body><mj-section><mj-column><mj-include path="../words.mjml" /></mj-column></mj-section></mj-body></mjml>',
        'words.mjml': '<mj-text>nested words</mj-text>',
      },
    );
    for (const part of ['.x { color: red }', '<p>from a file</p>', 'nested words'])
      expect(html).toContain(part);
  });

  it.each([
    [
      'leads out of the folder',
      body('<mj-include path="../../../secret.mjml" />'),
      'own.mjml, line 3: mj-include "../../../secret.mjml" leads out of the folder',
    ],
    ['leads to the root', body('<mj-include path="/etc/passwd" type="html" />'), 'own.mjml, line 3'],
    ['leads to the web', body('\n<mj-include path="https://example.com/x.mjml" />'), 'own.mjml, line 4'],
    [
      'names nothing',
      body('<mj-include path="nothing.mjml" />'),
      'own.mjml, line 3: mj-include "nothing.mjml" names a file that is not there',
    ],
    ['has no path', body('<mj-include />'), 'own.mjml, line 3: mj-include needs a path'],
    [
      'is not closed',
      body('<mj-section></mj-section>\n<mj-include path="a.mjml">'),
      'own.mjml, line 4: mj-include is not closed',
    ],
    [
      'brings a head',
      body('<mj-include path="whole.mjml" />'),
      'whole.mjml, line 2: a file that is put into another cannot have a head',
    ],
    ['is broken inside', body('<mj-include path="bad.mjml" />'), 'bad.mjml, line 2'],
    [
      'leads in a circle',
      body('<mj-include path="round.mjml" />'),
      'round.mjml, line 1: it is put into itself without end',
    ],
  ])('is refused where an include %s', async (_, source, message) => {
    const files = {
      'whole.mjml': '<mjml>\n<mj-head></mj-head><mj-body></mj-body></mjml>',
      'bad.mjml': '<mj-section>\n<mj-tex></mj-tex></mj-section>',
      'round.mjml': '<mj-include path="./round.mjml" />',
    };
    await expect(render(source, files)).rejects.toMatchObject({
      code: 'TEMPLATE_BROKEN',
      message: expect.stringContaining(message),
    });
  });

  it('reads names with a capital as columns of the list', () => {
    const { source } = prepared(body(`{{FirstName}} {{ UserID }} \\{{first_name}} {{title}} ${foot}`));
    expect(source).toContain('\\{{first_name}} \\{{user_id}} \\{{first_name}} {{title}}');
  });

  it('gets the foot with address and way out where it has none, and only there', async () => {
    expect((await render(body(''))).text).toContain('1 Bean Street');
    expect(prepared(body(foot)).source).not.toContain('legal');
    expect(prepared(body('1 Bean Street \\{{unsubscribe_url}}')).source).not.toContain('legal');
    expect(prepared(body('{{> own}}'), { own: foot }).source).not.toContain('legal');
    expect(prepared(body('\\{{unsubscribe_url}}')).source).toContain('{{> legal}}</mj-body>');
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
