import { type Digest, sha256 } from '../../core/digest.ts';
import { type FrontMatter, plainFields, readFrontMatter } from './front-matter.ts';
import type { Front, Fronts } from './fronts.ts';
import type { TextSource } from './sources.ts';

/**
 * Takes a page apart, or remembers how it was: the text itself is read only when somebody asks for more than
 * its fields.
 *
 * @throws what `readFrontMatter` throws
 */
export function readFront(source: TextSource, fronts?: Fronts): FrontMatter {
  const known = fronts?.get(source.sha256);
  if (known) return new Remembered(source, known);
  const { yaml, data, bodyLine, bodyStart } = readFrontMatter(source.text, source.file);
  const front = { fields: yaml.value, bodyLine, bodyStart };
  fronts?.set(source.sha256, front);
  return new Remembered(source, front, data);
}

/** Holds on to the fields alone: the texts of a whole site would fill the memory. */
class Remembered implements FrontMatter {
  readonly data: FrontMatter['data'];
  readonly bodyLine: number;
  readonly bodyStart: number;
  readonly #source: TextSource;
  #whole: FrontMatter | undefined;

  constructor(source: TextSource, { fields, bodyLine, bodyStart }: Front, data?: FrontMatter['data']) {
    this.#source = source;
    this.bodyLine = bodyLine;
    this.bodyStart = bodyStart;
    this.data = data ?? plainFields(fields, source.file, (path) => this.yaml.place(path));
  }

  get body() {
    return this.#source.text.slice(this.bodyStart);
  }
  get yaml() {
    return this.#read().yaml;
  }
  get hasFields() {
    return this.#read().hasFields;
  }
  get yamlStart() {
    return this.#read().yamlStart;
  }
  get yamlEnd() {
    return this.#read().yamlEnd;
  }

  #read(): FrontMatter {
    this.#whole ??= readFrontMatter(this.#source.text, this.#source.file);
    return this.#whole;
  }
}

/**
 * Names all of a text that other pages may see: its beginning, to the end of the line that closes the fields.
 * A text without fields shows nothing.
 */
export function frontDigest(text: string): Digest {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  // Blank lines and comments may stand before the fields.
  if (/^\s*<!--|^\s+---/.test(text.slice(start))) return sha256(text);
  if (!/^(---|\+\+\+|\{)/.test(text.slice(start, start + 3))) return sha256('');
  const fence = text.indexOf('\n---', start);
  if (fence < 0) return sha256(text);
  const end = text.indexOf('\n', fence + 1);
  return sha256(end < 0 ? text : text.slice(0, end));
}
