import { isDeepStrictEqual } from 'node:util';
import { isAlias, isCollection, isMap, isScalar, type ParsedNode, parseDocument } from 'yaml';
import { fail } from '../../core/errors/index.ts';
import { fieldName } from '../../core/yaml.ts';
import type { FieldRule } from '../../workspace/schema.ts';
import { type FrontMatter, readFrontMatter } from '../source/front-matter.ts';
import type { Assignment, ValuePath } from './field-path.ts';
import { columnOf, insertValue } from './insert-value.ts';
import { type ScalarValue, writeScalar } from './scalar.ts';
import { type TypedValue, typedValue } from './typed-value.ts';

/**
 * Sets one field of a page's front matter and leaves every other byte as it is: comments, order, quoting, line
 * ends, BOM and body. A missing field is added; where the author's way of writing cannot carry the value, the
 * value is put in quotes.
 *
 * @param rule what site.yaml says about the field
 * @throws SET_INVALID for a path that leads through a text or beyond the end of a list
 */
export function setField(text: string, file: string, assignment: Assignment, rule?: FieldRule): string {
  const front = readFrontMatter(text, file);
  const { path } = assignment;
  const node = nodeAt(front, path);
  const value = typedValue(assignment.value, path, rule, node);
  refuseGroup(node, value, assignment);
  const from = front.yaml.document.getIn(path);
  if (isDeepStrictEqual(isCollection(from) ? from.toJSON() : from, value)) return text;
  const wanted = withValue(front.yaml.value ?? {}, path, value, assignment);
  const spliced = node
    ? replaceNode(text, front, node, value, assignment)
    : insertValue(text, front, path, value, typedText(value, assignment));
  if (readsAs(spliced, file, wanted)) return spliced;
  const rewritten = throughDocument(text, front, path, value);
  if (readsAs(rewritten, file, wanted)) return rewritten;
  throw fail('SET_INVALID', {
    text: shown(assignment),
    problem:
      'the value is shared with another field by a reference (&name, *name); edit the file itself with --edit',
  });
}

/** The node at a path; undefined where there is none. */
function nodeAt({ yaml }: FrontMatter, path: ValuePath): ParsedNode | undefined {
  const node: unknown = yaml?.document.getIn(path, true);
  return isScalar(node) || isCollection(node) || isAlias(node) ? (node as ParsedNode) : undefined;
}

function refuseGroup(node: ParsedNode | undefined, value: TypedValue, assignment: Assignment): void {
  const isGroup = isMap(node) || (isCollection(node) && node.items.some((item) => !isScalar(item)));
  if (isGroup || (isCollection(node) && !Array.isArray(value)))
    throw fail('SET_INVALID', {
      text: shown(assignment),
      problem: `this is a group of fields; name one inside it, such as ${fieldName([...assignment.path, isMap(node) ? 'name' : 0])}`,
    });
}

function replaceNode(
  text: string,
  front: FrontMatter,
  node: ParsedNode,
  value: TypedValue,
  assignment: Assignment,
): string {
  const [from, to] = rangeOf(front, node, assignment.path);
  const start = front.yamlStart + from;
  const end = front.yamlStart + to;
  const eol = eolOf(text);
  const indent = lineIndent(text, start) + 2;
  const inFlow = isInFlow(front, assignment.path);
  const old = text.slice(start, end);
  if (typeof value === 'object') {
    const isBlock = isCollection(node) && node.flow !== true && value.length > 0;
    const list = isBlock ? blockList(value, columnOf(text, start), eol) : flowList(value);
    return text.slice(0, start) + list + (old.endsWith('\n') ? eol : '') + text.slice(end);
  }
  const style = isScalar(node) ? (node.type as Parameters<typeof writeScalar>[1]['style']) : undefined;
  const written = writeScalar(value, { style, inFlow, indent, eol }, typedText(value, assignment));
  const gap = old === '' && /[:-]$/.test(text.slice(0, start)) ? ' ' : '';
  const ending = /\n$/.test(old) && !/\n$/.test(written) ? eol : '';
  const body = !/\n$/.test(old) && /\n$/.test(written) ? written.slice(0, -eol.length) : written;
  return text.slice(0, start) + gap + body + ending + text.slice(end);
}

const flowList = (items: readonly ScalarValue[]) =>
  `[${items.map((item) => writeScalar(item, { style: undefined, inFlow: true, indent: 0, eol: '' })).join(', ')}]`;

function blockList(items: readonly ScalarValue[], column: number, eol: string): string {
  const place = { style: undefined, inFlow: false, indent: 0, eol };
  return items.map((item) => `- ${writeScalar(item, place)}`).join(eol + ' '.repeat(column));
}

/** Where a value stands, relative to the fields. An empty one stands right after its colon, before any comment. */
function rangeOf({ yaml }: FrontMatter, node: ParsedNode, path: ValuePath): [from: number, to: number] {
  const [from, to] = node.range;
  const above: unknown =
    path.length > 1 ? yaml?.document.getIn(path.slice(0, -1), true) : yaml?.document.contents;
  const pair = isMap(above)
    ? above.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  if (from !== to || !isScalar(pair?.key) || !pair.key.range) return [from, to];
  const colon = pair.key.range[1] + 1;
  return [colon, colon];
}

/** The whole front matter written anew by the YAML library: the value is right, the layout may change. */
function throughDocument(text: string, front: FrontMatter, path: ValuePath, value: TypedValue): string {
  const fields = text.slice(front.yamlStart, front.yamlEnd);
  const document = parseDocument(fields.replace(/\r\n?/g, '\n'), { version: '1.2', schema: 'core' });
  document.setIn(path, value);
  const eol = eolOf(text);
  const written = document.toString({ lineWidth: 0 }).trimEnd().replace(/\n/g, eol);
  const isCrlf = eol === '\r\n';
  return `${text.slice(0, front.yamlStart)}${eol}${written}${isCrlf ? '\r' : ''}${text.slice(front.yamlEnd)}`;
}

function withValue(data: unknown, path: ValuePath, value: TypedValue, assignment: Assignment): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = data === undefined || data === null ? [] : data;
    if (!Array.isArray(list) || key > list.length)
      throw fail('SET_INVALID', {
        text: shown(assignment),
        problem: Array.isArray(list)
          ? `the list has ${list.length} entries, counted from 0`
          : 'this is not a list',
      });
    return Object.assign([...list], { [key]: withValue(list[key], rest, value, assignment) });
  }
  const group = data ?? {};
  if (typeof group !== 'object' || Array.isArray(group))
    throw fail('SET_INVALID', {
      text: shown(assignment),
      problem: `"${key}" would be inside a ${Array.isArray(group) ? 'list' : 'text'}`,
    });
  const inside = (group as Record<string, unknown>)[key];
  return { ...group, [key]: withValue(inside, rest, value, assignment) };
}

function readsAs(text: string, file: string, wanted: unknown): boolean {
  try {
    return isDeepStrictEqual(readFrontMatter(text, file).yaml.value, wanted);
  } catch {
    return false;
  }
}

function isInFlow({ yaml }: FrontMatter, path: ValuePath): boolean {
  for (let length = path.length - 1; length >= 0; length--) {
    const above: unknown =
      length === 0 ? yaml?.document.contents : yaml?.document.getIn(path.slice(0, length), true);
    if (isCollection(above) && above.flow === true) return true;
  }
  return false;
}

function lineIndent(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^(?:[ ]|- )*/.exec(line)?.[0].length ?? 0;
}

/** The line end that the text uses: that of its first line. */
export const eolOf = (text: string) => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

const typedText = (value: TypedValue, { value: typed }: Assignment) =>
  typeof value === 'number' ? typed.trim() : String(value);
const shown = ({ path, value }: Assignment) => `${fieldName(path)}=${value}`;
