import { isCollection, isMap, isPair, isScalar, type ParsedNode, Scalar, stringify } from 'yaml';
import type { FrontMatter } from '../source/front-matter.ts';
import type { ValuePath } from './field-path.ts';
import { isOlderYamlValue, type ScalarValue } from './scalar.ts';
import type { TypedValue } from './typed-value.ts';

/**
 * Adds a value where there is none: after the last entry of the nearest group that exists, or at the end of the
 * fields, or in fields that are made for it.
 *
 * @param typed how a single number was typed, such as `4.50`
 */
export function insertValue(
  text: string,
  front: FrontMatter,
  path: ValuePath,
  value: TypedValue,
  typed: string,
): string {
  const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  const { group, depth } = nearestGroup(front, path);
  const rest = path.slice(depth);
  const entry = (indent: number, isItem: boolean) => writeEntry(rest, value, typed, { indent, isItem, eol });
  if (group === undefined) {
    const lines = entry(0, false);
    if (!front.hasFields) {
      const start = front.yamlStart;
      return `${text.slice(0, start)}---${eol}${lines}${eol}---${eol}${eol}${text.slice(start)}`;
    }
    const end = front.yamlEnd - (text[front.yamlEnd - 1] === '\r' ? 1 : 0);
    return text.slice(0, end) + eol + lines + text.slice(end);
  }
  if (group.flow === true) return insertInFlow(text, front, group, rest, value);
  const last = lastOffset(group) + front.yamlStart;
  const isItem = !isMap(group);
  const indent = columnOf(text, front.yamlStart + group.range[0]);
  const lineEnd = text[last - 1] === '\n' ? last - 1 : text.indexOf('\n', last);
  const end = lineEnd - (text[lineEnd - 1] === '\r' ? 1 : 0);
  return text.slice(0, end) + eol + entry(indent, isItem) + text.slice(end);
}

type Group = Extract<ParsedNode, { items: unknown }>;

function nearestGroup({ yaml }: FrontMatter, path: ValuePath): { group: Group | undefined; depth: number } {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const node: unknown = yaml.document.getIn(path.slice(0, depth), true);
    if (isCollection(node) && node.items.length > 0) return { group: node as Group, depth };
    if (isCollection(node) && node.flow === true) return { group: node as Group, depth };
  }
  const root: unknown = yaml.document.contents;
  const isGroup = isCollection(root) && (root.items.length > 0 || root.flow === true);
  return { group: isGroup ? (root as Group) : undefined, depth: 0 };
}

function insertInFlow(
  text: string,
  front: FrontMatter,
  group: Group,
  rest: ValuePath,
  value: TypedValue,
): string {
  const at = front.yamlStart + group.range[1] - 1;
  const nested = nest(rest.slice(1), value);
  const key = rest[0] ?? '';
  const written = stringify(isMap(group) ? { [key]: nested } : [nested], {
    collectionStyle: 'flow',
    lineWidth: 0,
    flowCollectionPadding: false,
  }).trim();
  const before = text.slice(0, at).trimEnd();
  const separator = group.items.length > 0 && !before.endsWith(',') ? ', ' : '';
  return before + separator + written.slice(1, -1) + text.slice(at);
}

function writeEntry(
  rest: ValuePath,
  value: TypedValue,
  typed: string,
  { indent, isItem, eol }: { indent: number; isItem: boolean; eol: string },
): string {
  const nested = nest(isItem ? rest.slice(1) : rest, typeof value === 'number' ? NUMBER_MARK : value);
  const written = stringify(isItem ? [nested] : nested, { lineWidth: 0, version: '1.2', schema: 'core' });
  const pad = ' '.repeat(indent);
  return written
    .trimEnd()
    .replace(NUMBER_MARK, () => typed)
    .split('\n')
    .map((line) => (line === '' ? '' : pad + line))
    .join(eol);
}

/** Stands for a number until it is written the way it was typed. */
const NUMBER_MARK = 'sec-number-as-typed';

function nest(path: ValuePath, value: TypedValue): unknown {
  return [...path]
    .reverse()
    .reduce<unknown>(
      (inside, key) => (typeof key === 'number' ? [inside] : { [key]: inside }),
      typeof value === 'object' ? value.map(safely) : safely(value),
    );
}

/** The value, in quotes where a reader of older YAML would take it for another one. */
function safely(value: ScalarValue): ScalarValue | Scalar<string> {
  if (typeof value !== 'string' || !isOlderYamlValue(value)) return value;
  const quoted = new Scalar(value);
  quoted.type = 'QUOTE_SINGLE';
  return quoted;
}

function lastOffset(group: Group): number {
  const last: unknown = group.items.at(-1);
  const node: unknown = isPair(last) ? (last.value ?? last.key) : last;
  if (isCollection(node) && node.flow !== true && node.items.length > 0) return lastOffset(node as Group);
  if (isScalar(node) || isCollection(node)) return node.range?.[1] ?? group.range[1];
  return group.range[1];
}

/** How many characters of its line stand before an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
