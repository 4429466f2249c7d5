import Handlebars from 'handlebars';
import type { MergeFields, Slot } from '../message.ts';
import { mergeHelpers } from './helpers.ts';

export interface MergeOptions {
  readonly language: string;
  /** `html` escapes what is inserted; `text` does not; `line` also keeps to one line, for headers. */
  readonly as: 'html' | 'text' | 'line';
}

type Value = (fields: MergeFields) => unknown;

/**
 * Turns a statement of the merge grammar into a function. Handlebars only parses here: nothing is compiled to
 * code, so no template and no cell can reach more than the five helpers and the recipient's own columns. What
 * comes out is what Handlebars would print, which the tests hold it to.
 *
 * @throws TypeError for a statement that `readMergeFields` refuses
 */
export function createEvaluator({ language, as }: MergeOptions): (statement: hbs.AST.Statement) => Slot {
  const helpers: Readonly<Record<string, (...args: unknown[]) => unknown>> = mergeHelpers(language);
  const escape = as === 'html' ? Handlebars.Utils.escapeExpression : (value: string) => value;

  const valueOf = (node: hbs.AST.Expression): Value => {
    if (node.type === 'SubExpression') return callOf(node as hbs.AST.SubExpression);
    if (node.type !== 'PathExpression') return always((node as hbs.AST.StringLiteral).value);
    const { original: name } = node as hbs.AST.PathExpression;
    return (fields) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  };

  const callOf = ({ path, params }: hbs.AST.SubExpression | hbs.AST.MustacheStatement): Value => {
    const name = nameOf(path);
    const helper = Object.hasOwn(helpers, name) ? helpers[name] : undefined;
    if (!helper) throw new TypeError(`There is no helper ${name}.`);
    const values = params.map(valueOf);
    return (fields) => helper(...values.map((value) => value(fields)), undefined);
  };

  const mustache = (node: hbs.AST.MustacheStatement): Slot => {
    const name = nameOf(node.path);
    if (node.params.length === 0 && !Object.hasOwn(helpers, name))
      return (fields) => escape(cell(fields, name));
    const value = callOf(node);
    return (fields) => escape(String(value(fields)));
  };

  const block = ({ path, params, program, inverse }: hbs.AST.BlockStatement): Slot => {
    const condition = params[0] ? valueOf(params[0]) : always(undefined);
    const wanted = path.original === 'if';
    const yes = all(program);
    const no = all(inverse);
    return (fields) => (Boolean(condition(fields)) === wanted ? yes(fields) : no(fields));
  };

  const all = (program: hbs.AST.Program | undefined): Slot => {
    const parts = (program?.body ?? []).map(statement);
    return (fields) => {
      let text = '';
      for (const part of parts) text += part(fields);
      return text;
    };
  };

  const statement = (node: hbs.AST.Statement): Slot => {
    if (node.type === 'ContentStatement') return always((node as hbs.AST.ContentStatement).value);
    if (node.type === 'CommentStatement') return always('');
    if (node.type === 'MustacheStatement') return mustache(node as hbs.AST.MustacheStatement);
    if (node.type === 'BlockStatement') return block(node as hbs.AST.BlockStatement);
    throw new TypeError(`A ${node.type} is not a merge field.`);
  };
  return statement;
}

const always =
  <T>(value: T) =>
  () =>
    value;

const nameOf = (path: hbs.AST.Expression | hbs.AST.Literal) => (path as hbs.AST.PathExpression).original;

function cell(fields: MergeFields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined) throw new TypeError(`The merge field ${name} was not given.`);
  return value;
}
