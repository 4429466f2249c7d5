/** One answer of a mail server (RFC 5321 §4.2), its lines joined by spaces. */
export interface Reply {
  readonly code: number;
  /** `250 2.0.0 Ok: queued as 4F2A1` */
  readonly text: string;
  /** What stands behind the code on each line. */
  readonly lines: readonly string[];
}

/** Longer than any answer: a server that goes on has lost its way, or wants our memory. */
const LONGEST_REPLY = 65_536;

/** Takes a server's words as they arrive and hands out whole answers. */
export class ReplyReader {
  #rest = '';
  #lines: string[] = [];
  #code = '';

  /** Words that do not make an answer yet. */
  get isHalfWay(): boolean {
    return this.#rest !== '' || this.#lines.length > 0;
  }

  /** @returns the answers that are complete now; `broken` where what came is none */
  read(chunk: Buffer): { readonly replies: readonly Reply[]; readonly broken?: string } {
    const text = this.#rest + chunk.toString('utf8');
    const replies: Reply[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = text.slice(from, text[end - 1] === '\r' ? end - 1 : end);
      from = end + 1;
      const reply = this.#take(line);
      if (reply === 'broken') return { replies, broken: line };
      if (reply) replies.push(reply);
    }
    this.#rest = text.slice(from);
    const held = this.#rest.length + this.#lines.reduce((sum, { length }) => sum + length, 0);
    return held > LONGEST_REPLY ? { replies, broken: 'an answer without an end' } : { replies };
  }

  #take(line: string): Reply | 'broken' | undefined {
    const code = line.slice(0, 3);
    const mark = line[3] ?? ' ';
    if (!/^[2-5]\d\d$/.test(code) || (mark !== ' ' && mark !== '-')) return 'broken';
    if (this.#lines.length > 0 && code !== this.#code) return 'broken';
    this.#code = code;
    this.#lines.push(line.slice(4));
    if (mark === '-') return undefined;
    const lines = this.#lines;
    this.#lines = [];
    return { code: Number(code), text: `${code} ${lines.join(' ')}`.trimEnd(), lines };
  }
}
