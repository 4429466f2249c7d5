import type { MarkdownIt, Token } from 'markdown-it';
import { type Delimiters, scanAscii } from './quick-delimiters.ts';

type Nesting = Token['nesting'];
export type MakeToken = (type: string, tag: string, nesting: Nesting) => Token;
type InlineState = InstanceType<MarkdownIt['inline']['State']>;
type BlockState = InstanceType<MarkdownIt['block']['State']>;

/**
 * Has a parser make its tokens and states by setting their members one after the other.
 * markdown-it 15 defines each through a helper of its compiler, which is a quarter of the time that a page takes;
 * its tokens, states and rules stay what they are otherwise.
 *
 * @returns makes a token
 */
export function useQuickTokens(md: MarkdownIt): MakeToken {
  const { Token } = new md.core.State('', md, {});
  const make = tokenMaker(Token);
  const { scanDelims } = md.inline.State.prototype;
  class QuickBlock {
    bMarks: number[] = [];
    eMarks: number[] = [];
    tShift: number[] = [];
    sCount: number[] = [];
    bsCount: number[] = [];
    blkIndent = 0;
    line = 0;
    lineMax: number;
    tight = false;
    listIndent = -1;
    parentType: BlockState['parentType'] = 'root';
    level = 0;
    Token = Token;
    src: string;
    env: object;
    md: MarkdownIt;
    tokens: Token[];
    constructor(src: string, parser: MarkdownIt, env: object, tokens: Token[]) {
      this.src = src;
      this.env = env;
      this.md = parser;
      this.tokens = tokens;
      for (let start = 0; start < src.length; ) {
        const lineBreak = src.indexOf('\n', start);
        const end = lineBreak < 0 ? src.length : lineBreak;
        const indent = indentOf(src, start, end);
        // A last line that is nothing but blanks is none.
        if (lineBreak < 0 && indent.characters === end - start) break;
        this.addLine(start, end, indent);
        start = end + 1;
      }
      this.lineMax = this.bMarks.length;
      // What stands behind the last line, for rules that look ahead.
      this.addLine(src.length, src.length, { characters: 0, columns: 0 });
    }
    addLine(start: number, end: number, indent: Indent): void {
      this.bMarks.push(start);
      this.eMarks.push(end);
      this.tShift.push(indent.characters);
      this.sCount.push(indent.columns);
      this.bsCount.push(0);
    }
    push(type: string, tag: string, nesting: Nesting): Token {
      const token = make(type, tag, nesting);
      token.block = true;
      if (nesting < 0) this.level--;
      token.level = this.level;
      if (nesting > 0) this.level++;
      this.tokens.push(token);
      return token;
    }
  }
  class QuickInline {
    pos = 0;
    level = 0;
    pending = '';
    pendingLevel = 0;
    cache = {};
    backticks = {};
    backticksScanned = false;
    skipHtmlSpecial = false;
    linkLevel = 0;
    delimiters: InlineState['delimiters'] = [];
    _prev_delimiters: InlineState['_prev_delimiters'] = [];
    Token = Token;
    src: string;
    env: object;
    md: MarkdownIt;
    tokens: Token[];
    tokens_meta: InlineState['tokens_meta'];
    posMax: number;
    constructor(src: string, parser: MarkdownIt, env: object, tokens: Token[]) {
      this.src = src;
      this.env = env;
      this.md = parser;
      this.tokens = tokens;
      this.tokens_meta = Array(tokens.length);
      this.posMax = src.length;
    }
    pushPending(): Token {
      const token = make('text', '', 0);
      token.content = this.pending;
      token.level = this.pendingLevel;
      this.tokens.push(token);
      this.pending = '';
      return token;
    }
    push(type: string, tag: string, nesting: Nesting): Token {
      if (this.pending) this.pushPending();
      const token = make(type, tag, nesting);
      if (nesting < 0) {
        this.level--;
        this.delimiters = this._prev_delimiters.pop() ?? [];
      }
      token.level = this.level;
      if (nesting > 0) {
        this.level++;
        this._prev_delimiters.push(this.delimiters);
        this.delimiters = [];
      }
      this.pendingLevel = this.level;
      this.tokens.push(token);
      this.tokens_meta.push(nesting > 0 ? { delimiters: this.delimiters } : undefined);
      return token;
    }
    scanDelims(start: number, canSplitWord: boolean): Delimiters {
      const found = scanAscii(this.src, [start, this.posMax], canSplitWord);
      return found ?? scanDelims.call(this as unknown as InlineState, start, canSplitWord);
    }
  }
  Object.setPrototypeOf(QuickBlock.prototype, md.block.State.prototype);
  md.block.State = QuickBlock as unknown as typeof md.block.State;
  Object.setPrototypeOf(QuickInline.prototype, md.inline.State.prototype);
  md.inline.State = QuickInline as unknown as typeof md.inline.State;
  return make;
}

interface Indent {
  readonly characters: number;
  /** As they are seen, with a tab to every fourth. */
  readonly columns: number;
}

const TAB = 9;
const BLANK = 32;

function indentOf(src: string, start: number, end: number): Indent {
  let at = start;
  let columns = 0;
  for (; at < end; at++) {
    const sign = src.charCodeAt(at);
    if (sign !== TAB && sign !== BLANK) break;
    columns += sign === TAB ? 4 - (columns % 4) : 1;
  }
  return { characters: at - start, columns };
}

/** @param Base the class whose methods the tokens have */
function tokenMaker(Base: typeof Token): MakeToken {
  class QuickToken {
    type: string;
    tag: string;
    nesting: Nesting;
    attrs = null;
    map = null;
    level = 0;
    children = null;
    content = '';
    markup = '';
    info = '';
    meta = null;
    block = false;
    hidden = false;
    constructor(type: string, tag: string, nesting: Nesting) {
      this.type = type;
      this.tag = tag;
      this.nesting = nesting;
    }
  }
  Object.setPrototypeOf(QuickToken.prototype, Base.prototype);
  return (type, tag, nesting) => new QuickToken(type, tag, nesting) as unknown as Token;
}
