import { stripVTControlCharacters } from 'node:util';

const LINES = 15;
const LINE_LENGTH = 240;
const KEPT_CHARACTERS = 20_000;

/** The end of what a program says, however much that is. Its folder is called `.`, so that no path of this machine is shown. */
export function lastLines(cwd: string): { add(text: string): void; lines(): string[] } {
  let end = '';
  return {
    add: (text) => {
      end = (end + text).slice(-KEPT_CHARACTERS);
    },
    lines: () =>
      stripVTControlCharacters(end)
        .replaceAll(cwd, '.')
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(/\p{Cc}/gu, ' ').trimEnd())
        .filter((line) => line !== '')
        .slice(-LINES)
        .map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line)),
  };
}
