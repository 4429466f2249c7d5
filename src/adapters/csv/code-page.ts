import { type Encoding, encoding } from './encoding.ts';

const bytesOf = (text: string) => [...Buffer.from(text, 'latin1')];

// The bytes of āčēģīķļņšūž and their capitals in Windows-1257, written as Windows-1252 would show them.
const latvian = new Set(bytesOf('âèçìîíïòðûþÂÈÇÌÎÍÏÒÐÛÞ'));
// Letters of Western languages whose bytes mean nothing that Latvian uses. ä ö ü õ ß å are the same in both.
const western = new Set([
  ...bytesOf('àáãæéêëñóôøùúýÀÁÃÆÉÊËÑÓÔØÙÚÝ'),
  0x8a,
  0x8c,
  0x8e,
  0x9a,
  0x9c,
  0x9e,
  0x9f,
]);
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
  return encoding(seen(western) > seen(latvian) ? 'windows-1252' : 'windows-1257');
}
