/** What YAML reads as something else than the text that stands there, or treats in its own way as a name. */
export const SPECIAL = /^(true|false|null|nan|inf|__proto__)$/i;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/;
const NUMBER = /^(0|[1-9]\d{0,8})(\.\d{1,6})?$/;
const DOUBLE_QUOTED = /"([^"\\]*(?:\\["\\_][^"\\]*)*)"/y;
const SINGLE_QUOTED = /'([^']*(?:''[^']*)*)'/y;
const IN_BRACKETS = /[^,[\]{}"'][^,[\]{}]*/y;
const NAME_IN_BRACES = / *([A-Za-z_][\w.-]{0,99}): +/y;
/** A letter, a path, or a figure with words behind it: no number of YAML's has a space in it. */
const TEXT = /^[\p{L}/]|^\d.* /u;
const NOTHING_MORE = /^( +(#.*)?)?$/;
const OPENING = '"\'[{';
const DEEPEST = 8;

/** How far a line was read. */
interface Reading {
  readonly text: string;
  at: number;
}

/**
 * The value that is written behind a field's name or a hyphen, with the note that may follow it. Undefined where
 * it is more than plain beyond doubt.
 */
export function quickValue(written: string): unknown {
  if (!OPENING.includes(written[0] ?? '')) {
    const note = written.indexOf(' #');
    return plainValue(trimmed(note < 0 ? written : written.slice(0, note)));
  }
  const reading = { text: written, at: 0 };
  const value = readValue(reading, 0);
  return NOTHING_MORE.test(written.slice(reading.at)) ? value : undefined;
}

function plainValue(written: string): unknown {
  if (written === 'true' || written === 'false') return written === 'true';
  if (/^\d/.test(written)) {
    if (DATE.test(written)) return written;
    if (NUMBER.test(written)) return Number(written);
  }
  return TEXT.test(written) && !/: | #|:$/.test(written) && !SPECIAL.test(written) ? written : undefined;
}

function readValue(reading: Reading, depth: number): unknown {
  const first = reading.text[reading.at];
  if (first === '[') return depth < DEEPEST ? readList(reading, depth) : undefined;
  if (first === '{') return depth < DEEPEST ? readGroup(reading, depth) : undefined;
  if (first === '"') return take(reading, DOUBLE_QUOTED)?.replace(/\\(.)/g, unescaped);
  if (first === "'") return take(reading, SINGLE_QUOTED)?.replaceAll("''", "'");
  const written = take(reading, IN_BRACKETS);
  return written === undefined ? undefined : plainValue(trimmed(written));
}

const unescaped = (_all: string, character: string) => (character === '_' ? '\u00a0' : character);

function readList(reading: Reading, depth: number): unknown[] | undefined {
  const items: unknown[] = [];
  for (let end: string | undefined = opened(reading, ']'); end !== ']'; end = closed(reading, ']')) {
    skipSpaces(reading);
    const value = end === undefined ? undefined : readValue(reading, depth + 1);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}

function readGroup(reading: Reading, depth: number): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  for (let end: string | undefined = opened(reading, '}'); end !== '}'; end = closed(reading, '}')) {
    const name = end === undefined ? undefined : take(reading, NAME_IN_BRACES);
    if (name === undefined || SPECIAL.test(name) || Object.hasOwn(fields, name)) return undefined;
    const value = readValue(reading, depth + 1);
    if (value === undefined) return undefined;
    fields[name] = value;
  }
  return fields;
}

/** Goes past an opening bracket, and past the closing one where nothing is between them. */
function opened(reading: Reading, end: string): string {
  const first = reading.at + 1;
  skipSpaces(reading, first);
  if (reading.text[reading.at] !== end) return ',';
  reading.at++;
  return end;
}

/** The comma or the closing bracket behind a value. */
function closed(reading: Reading, end: string): string | undefined {
  skipSpaces(reading);
  const next = reading.text[reading.at++];
  return next === ',' || next === end ? next : undefined;
}

function take(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text);
  if (!found) return undefined;
  reading.at = pattern.lastIndex;
  return found[1] ?? found[0];
}

function skipSpaces(reading: Reading, from = reading.at): void {
  reading.at = from;
  while (reading.text[reading.at] === ' ') reading.at++;
}

const trimmed = (text: string) => (text.endsWith(' ') ? text.replace(/ +$/, '') : text);
