import { isSecError } from '../../core/errors/index.ts';
import type { Finding } from '../../desk/index.ts';

/** A finding at a client whose name is added by the caller. */
export type Point = Omit<Finding, 'about'>;

/** Tries something that fails from the catalogue where it is not well. */
export async function attempt(check: string, text: string, work: () => Promise<unknown>): Promise<Point> {
  try {
    await work();
    return { check, state: 'well', text };
  } catch (error) {
    if (!isSecError(error)) throw error;
    return { check, state: 'problem', text: error.message, fix: error.hint };
  }
}
