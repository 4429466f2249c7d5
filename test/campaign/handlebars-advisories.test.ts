import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCampaign } from '../../src/campaign/brief/parse.ts';
import { readMergeFields } from '../../src/campaign/merge/grammar.ts';
import { compileSlots } from '../../src/campaign/merge/slots.ts';
import { fillSlots } from '../../src/campaign/message.ts';
import { expandTemplate } from '../../src/campaign/template/expand.ts';
import type { Template } from '../../src/campaign/template/template.ts';
import { isSecError } from '../../src/core/errors/index.ts';

/**
 * The ways by which templates of earlier Handlebars came to run code or to read what is not theirs, after its
 * security advisories (GHSA-q42p-pg8m-cqh6, GHSA-w457-6q6x-cgp9, GHSA-q2c6-c6pm-g3gh, GHSA-765h-qjxv-5f44,
 * GHSA-f2jv-r9rf-7988, CVE-2026-33937). `canary` would be set by whatever runs.
 */
const gadgets = [
  '{{#with "s" as |string|}}{{#with "e"}}{{#with split as |conslist|}}{{this.pop}}{{this.push (lookup string.sub "constructor")}}{{this.pop}}{{#with string.split as |codelist|}}{{this.pop}}{{this.push "globalThis.canary = 1"}}{{this.pop}}{{#each conslist}}{{#with (string.sub.apply 0 codelist)}}{{this}}{{/with}}{{/each}}{{/with}}{{/with}}{{/with}}{{/with}}',
  '{{constructor.constructor "globalThis.canary = 1"}}',
  '{{#with (lookup "x" "constructor")}}{{this}}{{/with}}',
  '{{title.constructor.constructor}}',
  '{{#each title.constructor}}{{this}}{{/each}}',
  '{{#each __proto__}}{{this}}{{/each}}',
  '{{@root.constructor.name}}',
  '{{@root.__proto__.toString}}',
  '{{__defineGetter__ "undefined" valueOf}}{{#each this}}{{this.apply}}{{/each}}',
  '{{#with __lookupGetter__}}{{this}}{{/with}}',
  '{{(lookup this "constructor")}}',
  '{{helperMissing "x"}}',
  '{{blockHelperMissing "x"}}',
  '{{#blockHelperMissing title}}x{{/blockHelperMissing}}',
  '{{log "x" level="error"}}',
  '{{> (lookup . "title")}}',
  '{{> (title)}}',
  '{{> constructor}}',
  '{{> __proto__}}',
  '{{> toString}}',
  '{{> @partial-block}}',
  '{{#> title}}x{{/title}}',
  '{{* decorator}}',
  '{{#* inline "title"}}{{constructor}}{{/inline}}{{> title}}',
  '{{#if (eq constructor "x")}}x{{/if}}{{constructor}}',
  '{{[constructor].[constructor]}}',
  '{{title.[__proto__].[constructor]}}',
  '{{{{raw}}}} {{constructor}} {{{{/raw}}}}',
];

const template = (source: string): Template => ({
  name: 'own',
  file: 'own.mjml',
  source,
  words: {},
  partials: new Map(),
});

/** What comes out, or the code of the refusal. Anything else is thrown on. */
function outcome(work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (isSecError(error)) return error.code;
    throw error;
  }
}

const world = globalThis as { canary?: unknown };

describe('the ways of the Handlebars advisories', () => {
  beforeEach(() => {
    world.canary = undefined;
  });
  afterEach(() => {
    delete world.canary;
  });

  it.each(gadgets)('lead nowhere in a template: %s', (source) => {
    const said = outcome(() => expandTemplate(template(source), { title: 'x' }, (text) => text).text);
    expect(said).not.toMatch(/function|native code|\[object/i);
    expect(said === 'TEMPLATE_BROKEN' || said.trim() === '').toBe(true);
    expect(world.canary).toBeUndefined();
  });

  it.each(gadgets)('reach nothing but a cell in a brief: %s', (text) => {
    const said = outcome(() => {
      const uses = readMergeFields({ text, file: 'campaign.md', line: 1 });
      const fields = Object.fromEntries(uses.map(({ name }) => [name, 'cell']));
      return fillSlots(compileSlots(text, { language: 'en', as: 'html' }), fields);
    });
    // A column may have any name: its own cell is all that comes of it.
    expect(['MERGE_SYNTAX', 'cell']).toContain(said);
    expect(world.canary).toBeUndefined();
  });

  it('come in neither as a syntax tree in place of a text', () => {
    const tree = '{type: Program, body: [{type: MustacheStatement, path: {type: PathExpression}}]}';
    for (const field of ['subject', 'preheader', 'title'])
      expect(
        outcome(() => {
          const text = `---\nsubject: x\n---\nHi\n`.replace(
            'subject: x',
            field === 'subject' ? `subject: ${tree}` : `subject: x\n${field}: ${tree}`,
          );
          parseCampaign('kaldi', 'spring', { file: 'campaign.md', text }, [], 'en');
          return 'read';
        }),
      ).toBe('FIELD_INVALID');
  });

  it('find nothing in a cell that is named like a part of every object', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      const slots = compileSlots(`{{or ${name} "nothing"}}`, { language: 'en', as: 'html' });
      expect(fillSlots(slots, {})).toBe('nothing');
    }
  });
});
