/** So that a line with the longest name of a header and one word keeps to 76 columns (RFC 2047 §2). */
const BYTES_PER_WORD = 39;
const LONGEST_PLAIN_WORD = 60;
const LONGEST_LINE = 76;

/** What most subjects are: plain words with single spaces between them, none of them a long one. */
const isShortPlain = (text: string) =>
  /^[\x21-\x7e]{1,60}(?: [\x21-\x7e]{1,60})*$/.test(text) && !text.includes('=?');

/**
 * A text as an unstructured header value (RFC 5322 §2.2.3, RFC 2047): one line of visible text goes in, whatever
 * else is in it becomes a space, so a header can never end early. Long values are folded.
 *
 * @param used columns that the header's name takes in its first line
 */
export function headerText(text: string, used: number): string {
  if (used + text.length <= LONGEST_LINE && isShortPlain(text)) return text;
  const line = oneLine(text);
  return isPlain(line) ? fold(line.split(' '), used) : encodedText(line, used);
}

/** One line of text as encoded words, folded. @param used columns that the header's name takes in its first line */
export const encodedText = (line: string, used: number): string => fold(encodedWords(line), used);

/** A text without control characters and line ends, trimmed, with single spaces. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();

const isPlain = (line: string) =>
  /^[\x20-\x7e]*$/.test(line) &&
  !line.includes('=?') &&
  line.split(' ').every(({ length }) => length <= LONGEST_PLAIN_WORD);

/** Base64 words of whole characters; white space between two of them is not part of the text. */
function encodedWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let bytes = 0;
  const close = () => {
    if (word) words.push(`=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`);
    word = '';
    bytes = 0;
  };
  for (const character of line) {
    const length = Buffer.byteLength(character, 'utf8');
    if (bytes + length > BYTES_PER_WORD) close();
    word += character;
    bytes += length;
  }
  close();
  return words;
}

function fold(words: readonly string[], used: number): string {
  let out = '';
  let column = used;
  for (const word of words) {
    if (out === '') {
      out = word;
      column += word.length;
    } else if (column + 1 + word.length > LONGEST_LINE) {
      out += `\r\n ${word}`;
      column = 1 + word.length;
    } else {
      out += ` ${word}`;
      column += 1 + word.length;
    }
  }
  return out;
}
