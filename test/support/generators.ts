import { resolve } from 'node:path';
import { isLeftOutWithout } from './programs.ts';

/** Whether tests with a real Hugo are left out; where CI is set they run, and fail without one. */
export const withoutHugo = (): boolean => isLeftOutWithout('hugo', 'hugo');

/** The node_modules folder of this project, which holds Eleventy. */
export const ownModules: string = resolve(import.meta.dirname, '../../node_modules');
