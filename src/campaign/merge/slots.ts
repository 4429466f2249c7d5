import Handlebars from 'handlebars';
import type { Slot, SlotText } from '../message.ts';
import { createEvaluator, type MergeOptions } from './evaluate.ts';
import { parseMerge } from './grammar.ts';
import { unhide } from './protect.ts';

/**
 * Compiles a text with merge fields to slots: Handlebars parses it once, each piece of content becomes a
 * static text, and every other top-level statement, a whole block included, a slot of its own.
 *
 * @param text checked by `readMergeFields`
 * @throws MERGE_SYNTAX
 */
export function compileSlots(text: string, options: MergeOptions): SlotText {
  const finish = options.as === 'line' ? oneLine : (value: string) => value;
  const evaluate = createEvaluator(options);
  const statics = [''];
  const slots: Slot[] = [];
  for (const statement of parse(text).body) {
    if (statement.type === 'CommentStatement') continue;
    if (statement.type === 'ContentStatement') {
      statics[statics.length - 1] += finish((statement as hbs.AST.ContentStatement).value);
      continue;
    }
    const render = evaluate(statement);
    slots.push(options.as === 'line' ? (fields) => finish(render(fields)) : render);
    statics.push('');
  }
  return { statics, slots };
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

/** Line breaks and other control characters become one space: no cell can begin a header of its own. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
