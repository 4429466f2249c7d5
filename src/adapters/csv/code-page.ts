import { type Encoding, encoding } from './encoding.ts';

const bytesOf = (text: string) => [...Buffer.from(text, 'latin1')];

// Letters that Latvian and Lithuanian are full of and Western languages hardly have: āģīļņšūž, written as their
// bytes look in Windows-1252. Not č, ē, ķ: their bytes are è, ç, í there, which are frequent as well.
const baltic = new Set(bytesOf('âìîïòðûþÂÌÎÏÒÐÛÞ'));
// Letters of Western languages whose bytes no Baltic language has much use for. Not à, æ, ë, á, ø: they are the
// Lithuanian ą, ę, ė, į, ų. The letters ä ö ü õ ß å have one byte in both.
const western = new Set(bytesOf('ãéêñóôùúýÃÉÊÑÓÔÙÚÝ'));
// Bytes that the code page gives no character to.
const notIn1257 = new Set([0x81, 0x83, 0x88, 0x8a, 0x8c, 0x90, 0x98, 0x9a, 0x9c, 0x9f, 0xa1, 0xa5]);
const notIn1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Decides between the two code pages of Windows in this part of the world by the bytes above ASCII: what only one
 * of them has a character for, then whose letters there are more of; Baltic where nothing speaks for either.
 *
 * @param counts how often each byte value occurs, 256 numbers
 * @returns undefined where neither code page can be it
 */
export function decideCodePage(counts: ArrayLike<number>): Encoding | undefined {
  const seen = (bytes: Set<number>) => [...bytes].reduce((sum, byte) => sum + (counts[byte] ?? 0), 0);
  const may1257 = seen(notIn1257) === 0;
  const may1252 = seen(notIn1252) === 0;
  if (!may1257 && !may1252) return undefined;
  if (!may1257) return encoding('windows-1252');
  if (!may1252) return encoding('windows-1257');
  return encoding(seen(western) > seen(baltic) ? 'windows-1252' : 'windows-1257');
}
