import Handlebars from 'handlebars';
import type { Slot, SlotText } from '../message.ts';
import { directSlot } from './direct.ts';
import { parseMerge } from './grammar.ts';
import { blockNames, helperNames, mergeHelpers } from './helpers.ts';
import { unhide } from './protect.ts';

export interface MergeOptions {
  readonly language: string;
  /** `html` escapes what is inserted; `text` does not; `line` also keeps to one line, for headers. */
  readonly as: 'html' | 'text' | 'line';
}

/**
 * Compiles a text with merge fields to slots: Handlebars parses it once, each piece of content becomes a
 * static text, and every other top-level statement, a whole block included, a slot of its own.
 *
 * @param text checked by `readMergeFields`
 * @throws MERGE_SYNTAX
 */
export function compileSlots(text: string, options: MergeOptions): SlotText {
  const finish = options.as === 'line' ? oneLine : (value: string) => value;
  const statics = [''];
  const slots: Slot[] = [];
  for (const statement of parse(text).body) {
    if (statement.type === 'CommentStatement') continue;
    if (statement.type === 'ContentStatement') {
      statics[statics.length - 1] += finish((statement as hbs.AST.ContentStatement).value);
      continue;
    }
    const render =
      directSlot(statement, options) ?? compile({ type: 'Program', body: [statement], strip: {} }, options);
    slots.push((fields) => finish(render(fields)));
    statics.push('');
  }
  return { statics, slots };
}

/** The same text as one function: what the slots together must equal, and how a page's text is filled. */
export function compileWhole(text: string, options: MergeOptions): Slot {
  const render = compile(parse(text), options);
  return options.as === 'line' ? (fields) => oneLine(render(fields)) : render;
}

function parse(text: string): hbs.AST.Program {
  const program = parseMerge({ text, file: 'message', line: 1 });
  const visitor = new Handlebars.Visitor();
  visitor.ContentStatement = (content: hbs.AST.ContentStatement) => {
    content.value = unhide(content.value);
  };
  visitor.accept(program);
  return program;
}

function compile(program: object, { language, as }: MergeOptions): Slot {
  const engine = Handlebars.create();
  for (const name of Object.keys(engine.helpers)) {
    if (!(blockNames as readonly string[]).includes(name)) engine.unregisterHelper(name);
  }
  const known = Object.fromEntries([...helperNames, ...blockNames].map((name) => [name, true]));
  const unknown = {
    helperMissing: false,
    blockHelperMissing: false,
    each: false,
    with: false,
    log: false,
    lookup: false,
  };
  const template = engine.compile(program, {
    strict: true,
    // The blank lines around blocks were taken out when the whole was parsed; a part alone would lose more.
    ignoreStandalone: true,
    knownHelpersOnly: true,
    knownHelpers: { ...known, ...unknown },
    noEscape: as !== 'html',
    data: false,
  });
  const runtime = {
    helpers: mergeHelpers(language),
    allowProtoPropertiesByDefault: false,
    allowProtoMethodsByDefault: false,
  };
  return (fields) => template(Object.assign(Object.create(null), fields), runtime);
}

/** Line breaks and other control characters become one space: no cell can begin a header of its own. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
