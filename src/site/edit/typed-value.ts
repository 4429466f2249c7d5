import { isScalar, type ParsedNode } from 'yaml';
import type { FieldRule } from '../../workspace/schema.ts';
import type { ValuePath } from './field-path.ts';
import type { ScalarValue } from './scalar.ts';

/** What was typed, as the value that it means for its field. */
export type TypedValue = ScalarValue | readonly ScalarValue[];

const NUMBER = /^[-+]?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?$/;
const numbers = new Set(['weight']);
const flags = new Set(['draft']);
const lists = new Set(['tags', 'aliases', 'keywords', 'categories']);

/**
 * Gives a typed text the type of its field: the declared one, else that of the value there is, else the one that
 * sec knows for the name. A text stays a text: a telephone number does not lose its nulls.
 *
 * @param node the value that stands there; undefined where there is none
 */
export function typedValue(
  typed: string,
  path: ValuePath,
  rule: FieldRule | undefined,
  node: ParsedNode | undefined | null,
): TypedValue {
  const name = path.length === 1 ? String(path[0]) : '';
  const isList = rule ? rule.type === 'list' : lists.has(name) || isListNode(node);
  if (isList)
    return typed
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const old = isScalar(node) ? node.value : undefined;
  const wantsNumber = rule ? rule.type === 'number' : typeof old === 'number' || numbers.has(name);
  const wantsFlag = rule ? rule.type === 'boolean' : typeof old === 'boolean' || flags.has(name);
  if (wantsNumber && NUMBER.test(typed.trim())) return Number(typed);
  if (wantsFlag) return readFlag(typed) ?? typed;
  if (rule === undefined && old === undefined && !isOldText(node)) return guess(typed);
  return typed;
}

const isListNode = (node: unknown) => typeof node === 'object' && node !== null && 'items' in node;
const isOldText = (node: unknown) => isScalar(node) && typeof node.value === 'string';

function readFlag(typed: string): boolean | undefined {
  const word = typed.trim().toLowerCase();
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' ? false : undefined;
}

/** For a field nobody has declared: `12` and `4.50` are numbers, `010` and `+371 …` are texts. */
function guess(typed: string): ScalarValue {
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(typed) && Number.isSafeInteger(Math.trunc(Number(typed))))
    return Number(typed);
  if (typed === 'true' || typed === 'false') return typed === 'true';
  return typed;
}
