import { resourcesOf } from './resources.ts';

/** Most memory that a Node process had at once, in bytes. @throws where it does not end with 0 */
export const peakMemory = (args: readonly string[], cwd: string): number => resourcesOf(args, cwd).peakBytes;
