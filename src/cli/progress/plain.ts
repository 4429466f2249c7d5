import type { Renderer } from './renderer.ts';

/** For pipes and CI logs: a line per step and warning, a line per tenth of a long phase. */
export function plainRenderer(write: (text: string) => void): Renderer {
  let tenth = 0;
  return {
    show(event) {
      if (event.kind === 'step') {
        tenth = 0;
        write(`${event.text}\n`);
      } else if (event.kind === 'warning') write(`warning: ${event.text}\n`);
      else if (event.total) {
        const now = Math.floor((10 * event.done) / event.total);
        if (now > tenth)
          write(`  ${number(event.done)} of ${number(event.total)}${event.note ? `, ${event.note}` : ''}\n`);
        tenth = Math.max(tenth, now);
      }
    },
    close() {},
  };
}

const number = (n: number) => n.toLocaleString('en');
