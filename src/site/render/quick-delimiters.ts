/** What a run of `*`, `_` or `~` may do, as markdown-it calls it. */
export interface Delimiters {
  readonly can_open: boolean;
  readonly can_close: boolean;
  readonly length: number;
}

const BLANK = 1;
const PUNCTUATION = 2;
const ASCII = 128;
const SPACE = 32;

/** What each ASCII sign is for the rules of emphasis. */
const kinds = Uint8Array.from({ length: ASCII }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/[\t\n\v\f\r ]/.test(sign)) return BLANK;
  return /[!-/:-@[-`{-~]/.test(sign) ? PUNCTUATION : 0;
});

/**
 * Whether a run of signs may begin or end emphasis (CommonMark: left- and right-flanking). Undefined where a letter
 * beside it is more than ASCII: its kind must be looked up in Unicode's tables then.
 */
export function scanAscii(
  src: string,
  [start, posMax]: readonly [number, number],
  canSplitWord: boolean,
): Delimiters | undefined {
  const marker = src.charCodeAt(start);
  let end = start + 1;
  while (end < posMax && src.charCodeAt(end) === marker) end++;
  const last = start > 0 ? src.charCodeAt(start - 1) : SPACE;
  const next = end < posMax ? src.charCodeAt(end) : SPACE;
  if (last >= ASCII || next >= ASCII) return undefined;
  const before = kinds[last];
  const after = kinds[next];
  const isLeft = after !== BLANK && (after !== PUNCTUATION || before === BLANK || before === PUNCTUATION);
  const isRight = before !== BLANK && (before !== PUNCTUATION || after === BLANK || after === PUNCTUATION);
  return {
    can_open: isLeft && (canSplitWord || !isRight || before === PUNCTUATION),
    can_close: isRight && (canSplitWord || !isLeft || after === PUNCTUATION),
    length: end - start,
  };
}
