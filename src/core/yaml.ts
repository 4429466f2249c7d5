import { createRequire } from 'node:module';
import type { Document, ParsedNode, YAMLMap } from 'yaml';
import type { ZodType } from 'zod';
import { fail, type Place } from './errors/index.ts';
import { nearNames } from './near.ts';
import { plainIssue } from './plain-issue.ts';
import { quickFields } from './quick-fields.ts';

export type FieldPath = readonly PropertyKey[];

/** A parsed YAML text that can still say where each of its values stands. */
export interface YamlSource {
  readonly file: string;
  readonly value: unknown;
  /** The `yaml` document behind it, for edits that keep every other byte. */
  readonly document: Document.Parsed<ParsedNode>;
  /** Line and column (from 1) of the value at `path`, or of the nearest parent that exists. */
  place(path: FieldPath): Place;
}

/**
 * Parses YAML 1.2 with its core schema: `no` is text, `010` is ten, a date is text. Aliases are limited, so
 * that a short file cannot grow into a huge value, and a key that stands twice is refused. The document behind plain
 * fields is made when somebody asks for it or for a place.
 *
 * @param file what errors call the file, relative to the workspace
 * @param firstLine the line of `file` on which `text` begins, for front matter (1 for a whole file)
 * @throws YAML_BROKEN with line and column
 */
export function parseYaml(text: string, file: string, firstLine = 1): YamlSource {
  const value = quickFields(text);
  if (!value) return parseWhole(text, file, firstLine);
  let whole: YamlSource | undefined;
  const parsed = () => {
    whole ??= parseWhole(text, file, firstLine);
    return whole;
  };
  return {
    file,
    value: Object.keys(value).length > 0 ? value : null,
    get document() {
      return parsed().document;
    },
    place: (path) => parsed().place(path),
  };
}

/** The same by the parser itself, for texts that are more than plain. @throws YAML_BROKEN with line and column */
export function parseWhole(text: string, file: string, firstLine = 1): YamlSource {
  const { LineCounter, parseDocument } = parser();
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    lineCounter: lines,
    prettyErrors: false,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: line + firstLine - 1, column: col };
  };
  const broken = document.errors[0];
  if (broken)
    throw fail('YAML_BROKEN', { ...at(broken.pos[0]), problem: plainProblem(broken.code, broken.message) });
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw fail(
      'YAML_BROKEN',
      { file, line: firstLine, problem: 'too many references (&name, *name) in one file' },
      error,
    );
  }
  return {
    file,
    value,
    document,
    place: (path) => ({ ...at(offsetOf(document, path)), field: fieldName(path) }),
  };
}

/** Loads the parser, of which most commands need nothing; reading does not wait, so `import()` would not do. */
function parser(): typeof import('./yaml-document.ts') {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return createRequire(import.meta.url)(`../core/yaml-document.${extension}`);
}

/**
 * Checks a parsed YAML text against a schema.
 *
 * @param options.once the schema is for one file or few: zod then does not compile a parser for it first, which
 * takes longer than it saves and is felt at the start of every command
 * @throws FIELD_INVALID for the first value that does not fit, with file, line, column and field
 */
export function checkYaml<T>(
  source: Omit<YamlSource, 'document'>,
  schema: ZodType<T>,
  { once = false } = {},
): T {
  const result = schema.safeParse(source.value ?? {}, { jitless: once });
  if (result.success) return result.data;
  // A misspelt name is the likelier mistake than the field that is missing because of it.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!issue) throw fail('FIELD_INVALID', { file: source.file, problem: 'the file does not fit' });
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const near = nearNames(key, knownKeys(schema, issue.path));
    throw fail('FIELD_INVALID', {
      ...source.place([...issue.path, key]),
      problem: `there is no field called "${key}" here`,
      fits: near.length > 0 ? `Did you mean "${near[0]}"?` : unknownFieldHint(key),
    });
  }
  throw fail('FIELD_INVALID', { ...source.place(issue.path), problem: plainIssue(issue) });
}

/** A field of several words is mostly the rest of a text whose comma ended it, as in {note: tea, coffee}. */
const unknownFieldHint = (key: string) =>
  /\s/.test(key)
    ? 'If this belongs to the text before it: a text with a comma in it needs quotes around it.'
    : 'Remove it, or see docs/reference for the fields.';

/** `prices[2].amount`, the way `--set` writes it. */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name ? `${name}.${String(part)}` : String(part);
  }, '');
}

function offsetOf(document: Document.Parsed<ParsedNode>, path: FieldPath): number {
  for (let length = path.length; length > 0; length--) {
    const offset = keyOffset(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document.Parsed<ParsedNode>, path: FieldPath): number | undefined {
  const last = path.at(-1);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const pairs = (parent as YAMLMap | null | undefined)?.items;
  if (!Array.isArray(pairs)) return undefined;
  const { isNode } = parser();
  if (typeof last === 'number') {
    const item: unknown = pairs[last];
    return isNode(item) ? item.range?.[0] : undefined;
  }
  const pair = pairs.find((item) => 'key' in item && isNode(item.key) && String(item.key) === last);
  return pair && isNode(pair.key) ? pair.key.range?.[0] : undefined;
}

function knownKeys(schema: ZodType, path: FieldPath): string[] {
  let json: JsonSchema | undefined;
  try {
    json = (schema as unknown as { toJSONSchema(o: object): JsonSchema }).toJSONSchema({
      io: 'input',
      unrepresentable: 'any',
    });
  } catch {
    return [];
  }
  for (const part of path) {
    json =
      typeof part === 'number'
        ? json?.items
        : (json?.properties?.[String(part)] ?? json?.additionalProperties);
  }
  return Object.keys(json?.properties ?? {});
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema;
  items?: JsonSchema;
}

function plainProblem(code: string, message: string): string {
  const plain: Record<string, string> = {
    TAB_AS_INDENT: 'a tab was used for indentation, where only spaces are allowed',
    DUPLICATE_KEY: 'the same field stands here twice',
    BAD_INDENT: 'the indentation does not fit the line above',
    MISSING_CHAR: 'a quote, bracket or comma is missing',
    BLOCK_AS_IMPLICIT_KEY:
      'a colon or an indentation stands where it cannot; a text with ": " in it needs quotes',
    MULTILINE_IMPLICIT_KEY: 'a field name runs over several lines; a colon or a quote may be missing',
  };
  return plain[code] ?? sentence(message);
}

const sentence = (text: string) => (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '');
