import { quickValue, SPECIAL } from './quick-values.ts';

const ENTRY = /^([A-Za-z_][\w.-]{0,99}):(?: +(.*))?$/;
const ITEM = /^- +(?=\S)/;
const UNUSUAL = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;
const DEEPEST = 40;

/** A line that holds something. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

type Fields = Record<string, unknown>;

/**
 * The values of fields that are all written in a plain way: texts, dates, small numbers, yes and no on one line each,
 * lists and groups of them. Undefined where any line is more than that, and for every text that YAML might refuse: the
 * whole parser must look at it then. Most pages and settings are no more than this, and neither wait for that parser to
 * be loaded nor for its work, which takes many times as long.
 */
export function quickFields(text: string): Fields | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const lines = linesOf(text);
  const [first] = lines;
  if (!first) return {};
  const reading = { lines, at: 0 };
  const fields = readFields(reading, first.indent);
  return reading.at === lines.length ? fields : undefined;
}

/** Lines with more than a note. */
function linesOf(whole: string): Line[] {
  const lines: Line[] = [];
  for (const written of whole.split('\n')) {
    let indent = 0;
    while (written[indent] === ' ') indent++;
    const text = indent === 0 ? written : written.slice(indent);
    if (text !== '' && text[0] !== '#') lines.push({ indent, text });
  }
  return lines;
}

/** The lines, and how far they were read. */
interface Reading {
  readonly lines: Line[];
  at: number;
}

/** Fields with one indentation. A line that is indented in another way is left, and found unread in the end. */
function readFields(reading: Reading, indent: number): Fields | undefined {
  const fields: Fields = {};
  for (let line = next(reading); line?.indent === indent; line = next(reading)) {
    const [, name = '', written = ''] = ENTRY.exec(line.text) ?? [];
    if (name === '' || SPECIAL.test(name) || Object.hasOwn(fields, name)) return undefined;
    reading.at++;
    const value =
      written === '' || written.startsWith('#') ? readBelow(reading, indent) : quickValue(written);
    if (value === undefined) return undefined;
    fields[name] = value;
  }
  return fields;
}

/** What the lines below a name without a value hold. The hyphens of a list may stand right below the name. */
function readBelow(reading: Reading, indent: number): unknown {
  const line = next(reading);
  if (!line || line.indent > DEEPEST) return undefined;
  if (ITEM.test(line.text)) return line.indent >= indent ? readItems(reading, line.indent) : undefined;
  return line.indent > indent ? readFields(reading, line.indent) : undefined;
}

function readItems(reading: Reading, indent: number): unknown[] | undefined {
  const items: unknown[] = [];
  for (let line = next(reading); line?.indent === indent; line = next(reading)) {
    const [hyphen] = ITEM.exec(line.text) ?? [];
    if (hyphen === undefined) break;
    const value = readItem(reading, { indent: indent + hyphen.length, text: line.text.slice(hyphen.length) });
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}

/** What stands behind a hyphen: a value, or the first of the fields of a group. */
function readItem(reading: Reading, line: Line): unknown {
  if (ENTRY.test(line.text)) {
    reading.lines[reading.at] = line;
    return readFields(reading, line.indent);
  }
  reading.at++;
  return quickValue(line.text);
}

const next = ({ lines, at }: Reading) => lines[at];
