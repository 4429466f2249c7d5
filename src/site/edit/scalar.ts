import { parseDocument, type Scalar } from 'yaml';

/** How a value is written: the styles of YAML, as the `yaml` package names them. */
type ScalarStyle = Scalar.Type;

export type ScalarValue = string | number | boolean;

export interface ScalarPlace {
  readonly style: ScalarStyle | undefined;
  /** Inside `[…]` or `{…}`. */
  readonly inFlow: boolean;
  /** Spaces before the lines of a block text. */
  readonly indent: number;
  readonly eol: string;
}

const FOLD_AT = 80;

/**
 * A value as YAML text that reads back as exactly that value, in the style that stood there where the style can
 * carry it, else in quotes.
 *
 * @param typed what a number or a yes was typed as, such as `4.50`
 */
export function writeScalar(value: ScalarValue, place: ScalarPlace, typed = String(value)): string {
  if (typeof value !== 'string') return typed;
  const { style, inFlow } = place;
  if ((style === 'BLOCK_FOLDED' || style === 'BLOCK_LITERAL') && !inFlow) {
    const block = writeBlock(value, style, place);
    if (block !== undefined) return block;
  }
  if (style === 'QUOTE_DOUBLE') return doubleQuoted(value);
  if (style !== 'QUOTE_SINGLE' && isPlainSafe(value)) return value;
  return hasOnlyPrintable(value) ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** Whether the text, written without quotes, reads back as itself in a mapping and in a list in brackets. */
function isPlainSafe(value: string): boolean {
  if (value === '' || !hasOnlyPrintable(value) || value !== value.trim() || /^[&*!]/.test(value))
    return false;
  return (
    readsAs(`k: ${value}\n`, (data) => (data as { k: unknown }).k === value) &&
    readsAs(`[${value}]`, (data) => {
      const list = data as unknown[];
      return list.length === 1 && list[0] === value;
    }) &&
    !isOlderYamlValue(value)
  );
}

/** Whether YAML 1.1, which other generators read, takes a text for something else: `no` is false there, `12:30` is 750. */
export function isOlderYamlValue(value: string): boolean {
  if (!/^[\w.:+-]+$/.test(value)) return false;
  const read: unknown = parseDocument(value, { version: '1.1' }).toJS();
  return typeof read === 'boolean' || typeof read === 'number' || typeof read === 'bigint';
}

function readsAs(yaml: string, check: (data: unknown) => boolean): boolean {
  const document = parseDocument(yaml, { version: '1.2', schema: 'core' });
  if (document.errors.length > 0 || document.warnings.length > 0) return false;
  try {
    return check(document.toJS());
  } catch {
    // In brackets, `A,*b` is a reference to something that is not there.
    return false;
  }
}

/** One line of letters that quotes need not protect from the YAML reader. */
const hasOnlyPrintable = (value: string) => !/[\p{Cc}\p{Zl}\p{Zp}\uFEFF\uD800-\uDFFF]/u.test(value);

function doubleQuoted(value: string): string {
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escape);
}

/** A text over several lines; undefined where this style would not bring it back as it is. */
function writeBlock(
  value: string,
  style: 'BLOCK_FOLDED' | 'BLOCK_LITERAL',
  { indent, eol }: ScalarPlace,
): string | undefined {
  const text = value.replace(/\n+$/, '');
  const ending = value.length - text.length;
  const lines = text.split('\n');
  const isSimple = text !== '' && lines.every((line) => hasOnlyPrintable(line) && line === line.trim());
  if (!isSimple || ending > 1 || (style === 'BLOCK_FOLDED' && lines.includes(''))) return undefined;
  const header = `${style === 'BLOCK_FOLDED' ? '>' : '|'}${ending === 0 ? '-' : ''}`;
  const shown =
    style === 'BLOCK_LITERAL'
      ? lines
      : lines.flatMap((line, n) => (n === 0 ? fold(line) : ['', ...fold(line)]));
  const pad = ' '.repeat(indent);
  return [header, ...shown.map((line) => (line === '' ? '' : pad + line))].join(eol) + eol;
}

function fold(line: string): string[] {
  if (/ {2}/.test(line)) return [line];
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < FOLD_AT)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
