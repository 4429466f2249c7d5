import type { Renderer } from './renderer.ts';

/** For --json and --quiet. Warnings are part of the result there. */
export function silentRenderer(): Renderer {
  return { show() {}, close() {} };
}
