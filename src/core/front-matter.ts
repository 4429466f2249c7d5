import matter from 'gray-matter';
import { fail } from './errors/index.ts';
import { parseYaml, type YamlSource } from './yaml.ts';

/** A Markdown file taken apart: its fields and its text. */
export interface FrontMatter {
  readonly yaml: YamlSource;
  /** The fields as they are written, without the `---` lines. */
  readonly source: string;
  readonly body: string;
  /** The line of the file (from 1) on which the body begins. */
  readonly bodyLine: number;
}

const refuse = () => {
  throw new Error('Only YAML is read.');
};
/** gray-matter would run `---js` as code; every engine but plain YAML is taken from it, and YAML is read by us. */
const engines = {
  yaml: () => ({}),
  json: refuse,
  javascript: refuse,
  js: refuse,
  coffee: refuse,
  cson: refuse,
};

/**
 * Takes a Markdown file apart. A file without front matter has no fields and is all body.
 *
 * @param file what errors call the file, relative to the workspace
 * @throws FRONT_MATTER_INVALID for another language than YAML and for a block that is not closed, YAML_BROKEN
 */
export function readFrontMatter(text: string, file: string): FrontMatter {
  const input = text.replace(/^\uFEFF/, '');
  const opening = /^---(?!-)([^\r\n]*)/.exec(input);
  if (!opening) return { yaml: parseYaml('', file), source: '', body: input, bodyLine: 1 };
  const language = opening[1]?.trim() ?? '';
  if (language !== '' && language !== 'yaml' && language !== 'yml')
    throw fail('FRONT_MATTER_INVALID', {
      file,
      line: 1,
      problem: `the fields are written in "${language.slice(0, 20)}", and only YAML is read: code in a page is never run`,
    });
  const closing = /\n---([^\r\n]*)/.exec(input);
  if (closing?.[1]?.trim() !== '')
    throw fail('FRONT_MATTER_INVALID', {
      file,
      line: closing ? lines(input.slice(0, closing.index)) + 1 : 1,
      problem: 'the fields must end with a line that is --- and nothing else',
    });
  const { content, matter: block } = matter(input.replace(/^---[^\r\n]*/, '---'), {
    engines,
    language: 'yaml',
  });
  const source = block.replace(/^\r?\n/, '');
  return {
    yaml: parseYaml(source, file, 2),
    source,
    body: content,
    bodyLine: lines(input) - lines(content) + 1,
  };
}

const lines = (text: string) => text.split('\n').length;
