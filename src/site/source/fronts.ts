import { type Digest, sha256 } from '../../core/digest.ts';
import { type FrontMatter, plainFields, readFrontMatter } from './front-matter.ts';
import type { TextSource } from './sources.ts';

/** What is kept of a text that was read before. */
export interface Front {
  /** The fields as YAML gives them. */
  readonly fields: unknown;
  readonly bodyLine: number;
}

/** Fields by the hash of the text that they stand in. */
export interface Fronts {
  get(sha256: Digest): Front | undefined;
  set(sha256: Digest, front: Front): void;
}

/**
 * Takes a page apart, or remembers how it was: the text itself is read only when somebody asks for more than
 * its fields.
 *
 * @throws what `readFrontMatter` throws
 */
export function readFront(source: TextSource, fronts?: Fronts): FrontMatter {
  const known = fronts?.get(source.sha256);
  if (known) return remembered(source, known);
  const front = readFrontMatter(source.text, source.file);
  fronts?.set(source.sha256, { fields: front.yaml.value, bodyLine: front.bodyLine });
  return front;
}

function remembered(source: TextSource, { fields, bodyLine }: Front): FrontMatter {
  let read: FrontMatter | undefined;
  const whole = (): FrontMatter => {
    read ??= readFrontMatter(source.text, source.file);
    return read;
  };
  return {
    data: plainFields(fields, source.file, (path) => whole().yaml.place(path)),
    bodyLine,
    get yaml() {
      return whole().yaml;
    },
    get hasFields() {
      return whole().hasFields;
    },
    get yamlStart() {
      return whole().yamlStart;
    },
    get yamlEnd() {
      return whole().yamlEnd;
    },
    get body() {
      return whole().body;
    },
    get bodyStart() {
      return whole().bodyStart;
    },
  };
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
