import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import type { Renderer } from './renderer.ts';

const FRAME_MS = 80;
const BAR = 24;
const ESCAPE = new RegExp(`(${String.fromCharCode(27)}\\[[0-9;]*m)`);

/** For a person: one live line per step, with a bar where the end is known. Steps that are done stay as a list. */
export function terminalRenderer(stream: NodeJS.WriteStream, now: () => number): Renderer {
  let current: string | undefined;
  let live = '';
  let shownAt = 0;

  const clear = () => stream.write('\r\x1b[2K');
  const draw = (text: string) => {
    clear();
    stream.write(fitted(text, stream.columns));
  };
  const settle = () => {
    if (current === undefined) return;
    draw(`${pc.green('✓')} ${current}${live ? pc.dim(`  ${live}`) : ''}`);
    stream.write('\n');
    current = undefined;
    live = '';
  };

  return {
    show(event) {
      if (event.kind === 'step') {
        settle();
        current = event.text;
        draw(`${pc.cyan('•')} ${current}`);
        return;
      }
      if (event.kind === 'warning') {
        clear();
        stream.write(`${pc.yellow('!')} ${event.text}\n`);
        if (current !== undefined) draw(`${pc.cyan('•')} ${current}`);
        return;
      }
      live = event.total ? `${number(event.done)} of ${number(event.total)}` : number(event.done);
      if (event.note) live += `, ${event.note}`;
      const isLast = event.done === event.total;
      if (!isLast && now() - shownAt < FRAME_MS) return;
      shownAt = now();
      draw(
        `${pc.cyan('•')} ${current ?? ''} ${event.total ? bar(event.done / event.total) : ''} ${pc.dim(live)}`,
      );
    },
    close: settle,
  };
}

const number = (n: number) => n.toLocaleString('en');

/** A line cut to the terminal's width: one that wraps could not be cleared. Escape codes have no width. */
export function fitted(text: string, columns: number | undefined): string {
  const room = (columns || 80) - 1;
  if ([...stripVTControlCharacters(text)].length <= room) return text;
  const [kept, left] = text.split(ESCAPE).reduce<[string, number]>(
    ([line, free], part, n) => {
      if (n % 2 === 1) return [line + part, free];
      const letters = [...part];
      return [line + letters.slice(0, Math.max(0, free)).join(''), free - letters.length];
    },
    ['', room - 1],
  );
  return left < 0 ? `${kept}…` : kept;
}

function bar(share: number): string {
  const full = Math.round(BAR * Math.min(1, share));
  return pc.cyan('━'.repeat(full)) + pc.dim('━'.repeat(BAR - full));
}
