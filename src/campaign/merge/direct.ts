import Handlebars from 'handlebars';
import type { MergeFields, Slot } from '../message.ts';
import { mergeHelpers } from './helpers.ts';
import type { MergeOptions } from './slots.ts';

/**
 * The short way for the usual slot, `{{field}}` or `{{helper field "text"}}`: a closure instead of a compiled
 * template, which costs a large mailing most of its merging time. Blocks are left to Handlebars.
 *
 * @returns undefined where the statement is not of that kind
 */
export function directSlot(statement: hbs.AST.Statement, { language, as }: MergeOptions): Slot | undefined {
  if (statement.type !== 'MustacheStatement') return undefined;
  const { path, params } = statement as hbs.AST.MustacheStatement;
  if (path.type !== 'PathExpression') return undefined;
  const name = (path as hbs.AST.PathExpression).original;
  const finish = as === 'html' ? Handlebars.Utils.escapeExpression : (value: string) => value;
  const helpers: Readonly<Record<string, (...args: unknown[]) => unknown>> = mergeHelpers(language);
  const helper = Object.hasOwn(helpers, name) ? helpers[name] : undefined;
  if (!helper) return params.length === 0 ? (fields) => finish(lookup(fields, name)) : undefined;
  const values = params.map(directValue);
  if (!values.every((value) => value !== undefined)) return undefined;
  return (fields) => finish(String(helper(...values.map((value) => value(fields)), undefined)));
}

function directValue(node: hbs.AST.Expression): ((fields: MergeFields) => unknown) | undefined {
  if (node.type === 'PathExpression') {
    const name = (node as hbs.AST.PathExpression).original;
    return (fields) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  }
  if (!/^(String|Number|Boolean)Literal$/.test(node.type)) return undefined;
  const { value } = node as hbs.AST.StringLiteral;
  return () => value;
}

function lookup(fields: MergeFields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined) throw new TypeError(`The merge field ${name} was not given.`);
  return value;
}
