import { fail } from './errors/index.ts';
import { parseYaml, type YamlSource } from './yaml.ts';

/** A Markdown file taken apart. Offsets count UTF-16 units from the beginning of the text, its BOM included. */
export interface FrontMatter {
  /** The parsed fields; empty where the file has none. */
  readonly yaml: YamlSource;
  /** Whether the file has a block of fields at all. */
  readonly hasFields: boolean;
  /** Where the fields begin, and where they end: the line break before the closing fence. */
  readonly yamlStart: number;
  readonly yamlEnd: number;
  readonly body: string;
  readonly bodyStart: number;
  /** Line (from 1) on which the body begins. */
  readonly bodyLine: number;
}

const FENCE = '---';
const BOM = '\uFEFF';
const yamlNames = ['', 'yaml', 'yml'];

/**
 * Takes a page or a brief apart into fields and body, at the places where gray-matter does. Fields are YAML 1.2
 * and nothing else: a block in another language, some of which run code, is refused. A file without front matter
 * has no fields and is all body. HTML comments and blank lines may stand before the fields.
 *
 * @param file what errors call it, relative to the workspace
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN with file and line
 */
export function readFrontMatter(text: string, file: string): FrontMatter {
  const start = beginOf(text);
  const source = text.slice(start);
  if (/^\+\+\+\s*$/m.test(source.slice(0, source.search(/\r?\n|$/)))) refuseLanguage('toml', file);
  if (/^\{\s*(\r?\n|")/.test(source)) refuseLanguage('json', file);
  if (!source.startsWith(FENCE) || source[FENCE.length] === '-') return withoutFields(text, file);
  const fenced = source.slice(FENCE.length);
  const language = fenced.slice(0, fenced.search(/\r?\n/));
  if (!yamlNames.includes(language.trim().toLowerCase())) refuseLanguage(language.trim(), file);

  const fenceLine = lineAt(text, start);
  // Without its end, the whole text would be read as fields, and blamed for something else.
  if (!/\n---[ \t]*(\r?\n|$)/.test(source)) throw fail('FRONT_MATTER_OPEN', { file, line: fenceLine });
  const yamlStart = start + FENCE.length + (language.trim() ? language.length : 0);
  const yamlEnd = text.indexOf(`\n${FENCE}`, yamlStart);
  const fields = text.slice(yamlStart, yamlEnd);
  const hasNone = fields.replace(/^[^\S\n]*#[^\n]+/gm, '').trim() === '';
  // With the line break before the closing fence: the last value ends where its line does.
  const yaml = hasNone ? parseYaml('', file) : parseYaml(`${fields}\n`, file, fenceLine);
  const closing = /^\n---[ \t]*(\r?\n|$)/.exec(text.slice(yamlEnd));
  if (!closing) throw fail('FRONT_MATTER_OPEN', { file, line: fenceLine });
  const bodyStart = yamlEnd + closing[0].length;
  return {
    yaml,
    hasFields: true,
    yamlStart,
    yamlEnd,
    body: text.slice(bodyStart),
    bodyStart,
    bodyLine: lineAt(text, bodyStart),
  };
}

/** Where the text begins: behind a byte order mark, and behind blank lines and HTML comments that stand before fields. */
function beginOf(text: string): number {
  const bom = text.startsWith(BOM) ? 1 : 0;
  const skipBlank = (from: number) => from + text.slice(from).search(/\S|$/);
  let at = skipBlank(bom);
  while (text.startsWith('<!--', at)) {
    const end = text.indexOf('-->', at);
    if (end < 0) return bom;
    at = skipBlank(end + '-->'.length);
  }
  return /^---\w*[ \t]*\r?\n[ \t]*(#|[\w-]+[ \t]*:|\{)/.test(text.slice(at)) ? at : bom;
}

function withoutFields(text: string, file: string): FrontMatter {
  const start = text.startsWith(BOM) ? 1 : 0;
  return {
    yaml: parseYaml('', file),
    hasFields: false,
    yamlStart: start,
    yamlEnd: start,
    body: text.slice(start),
    bodyStart: start,
    bodyLine: 1,
  };
}

/** The line (from 1) that an offset is on. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function refuseLanguage(language: string, file: string): never {
  throw fail('FRONT_MATTER_REFUSED', { file, line: 1, language });
}
