import matter from 'gray-matter';
import { fail } from '../../core/errors/index.ts';
import { parseYaml, type YamlSource } from '../../core/yaml.ts';
import { isObject, type PlainObject, plainObject, toPlain } from './plain.ts';

/** A page's text, taken apart. Offsets count UTF-16 units from the beginning of the text, its BOM included. */
export interface FrontMatter {
  readonly data: PlainObject;
  /** The parsed fields; absent where a page has none. Its positions count from `yamlStart`. */
  readonly yaml: YamlSource | undefined;
  readonly yamlStart: number;
  /** Where the fields end: the line break before the closing fence. */
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
 * Takes a page apart into fields and body. Fields are YAML 1.2 and nothing else: the engines that gray-matter
 * has for other languages, some of which run code, are never reached, and are replaced by ones that throw.
 *
 * @param file what errors call it
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, PAGE_INVALID with file and line
 */
export function readFrontMatter(text: string, file: string): FrontMatter {
  const bom = text.startsWith(BOM) ? 1 : 0;
  const source = text.slice(bom);
  if (/^\+\+\+\s*$/m.test(source.slice(0, source.search(/\r?\n|$/)))) refuseLanguage('toml', file);
  if (/^\{\s*(\r?\n|")/.test(source)) refuseLanguage('json', file);
  if (!source.startsWith(FENCE) || source[FENCE.length] === '-') return withoutFields(text, bom);
  const language = matter.language(source).name;
  if (!yamlNames.includes(language.toLowerCase())) refuseLanguage(language, file);

  let yaml: YamlSource | undefined;
  const parse = (fields: string): object => {
    // With the line break before the closing fence: the last value ends where its line does.
    yaml = parseYaml(`${fields}\n`, file);
    return {};
  };
  const parsed = matter(source, { engines: enginesWith(parse, file) });
  const yamlStart = bom + FENCE.length + (language ? matter.language(source).raw.length : 0);
  const yamlEnd = yamlStart + parsed.matter.length;
  const closing = /^\n---[ \t]*(\r?\n|$)/.exec(text.slice(yamlEnd));
  if (!closing) throw fail('FRONT_MATTER_OPEN', { file, line: 1 });
  const bodyStart = yamlEnd + closing[0].length;
  return {
    data: yaml ? fieldsOf(yaml) : plainObject<never>([]),
    yaml,
    yamlStart,
    yamlEnd,
    body: text.slice(bodyStart),
    bodyStart,
    bodyLine: lineAt(text, bodyStart),
  };
}

/** The line (from 1) that an offset is on. */
function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function withoutFields(text: string, start: number): FrontMatter {
  return {
    data: plainObject<never>([]),
    yaml: undefined,
    yamlStart: start,
    yamlEnd: start,
    body: text.slice(start),
    bodyStart: start,
    bodyLine: 1,
  };
}

function fieldsOf(yaml: YamlSource): PlainObject {
  if (yaml.value === null || yaml.value === undefined) return plainObject<never>([]);
  if (!isObject(yaml.value))
    throw fail('PAGE_INVALID', {
      file: yaml.file,
      line: 2,
      problem: 'between the two --- there must be fields, each as "name: value"',
    });
  return toPlain(yaml.value, (path) => {
    throw fail('PAGE_INVALID', { ...yaml.place(path), problem: 'this name is not allowed for a field' });
  }) as PlainObject;
}

function enginesWith(parse: (text: string) => object, file: string) {
  const refuse = (name: string) => ({
    parse: () => refuseLanguage(name, file),
    stringify: () => refuseLanguage(name, file),
  });
  const refused = ['javascript', 'js', 'coffee', 'coffeescript', 'json', 'toml'];
  return { ...Object.fromEntries(refused.map((name) => [name, refuse(name)])), yaml: parse, yml: parse };
}

function refuseLanguage(language: string, file: string): never {
  throw fail('FRONT_MATTER_REFUSED', { file, line: 1, language });
}
