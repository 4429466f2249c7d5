import pc from 'picocolors';
import type { Renderer } from './renderer.ts';

const FRAME_MS = 80;
const BAR = 24;

/** For a person: one live line per step, with a bar where the end is known. Steps that are done stay as a list. */
export function terminalRenderer(stream: NodeJS.WriteStream, now: () => number): Renderer {
  let current: string | undefined;
  let live = '';
  let shownAt = 0;

  const clear = () => stream.write('\r\x1b[2K');
  const draw = (text: string) => {
    clear();
    stream.write(text);
  };
  const settle = () => {
    if (current === undefined) return;
    draw(`${pc.green('✓')} ${current}${live ? pc.dim(`  ${live}`) : ''}\n`);
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
      live = event.total ? `${event.done} of ${event.total}` : `${event.done}`;
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

function bar(share: number): string {
  const full = Math.round(BAR * Math.min(1, share));
  return pc.cyan('━'.repeat(full)) + pc.dim('━'.repeat(BAR - full));
}
