import { stripVTControlCharacters } from 'node:util';

const LONGEST = 240;

/**
 * What a program or a server said, fit for a message: its last line that says something, without control
 * characters and marks of its own, and without the folders of this computer.
 */
export function said(text: string, folders: readonly string[] = []): string {
  const lines = stripVTControlCharacters(text)
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .replaceAll(/\p{Cc}/gu, '')
        .replace(/^((fatal|error|remote|ssh|rsync)( error)?: ?)+/, '')
        .trim(),
    )
    .filter((line) => line !== '' && !/^(hint:|To |Please make sure|and the repository exists)/.test(line));
  const last = folders.reduce((line, folder) => line.replaceAll(folder, '…'), lines.at(-1) ?? '');
  return (last === '' ? 'it gave no reason' : last).slice(0, LONGEST).replace(/\.$/, '');
}
