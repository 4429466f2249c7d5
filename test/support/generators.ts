import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isLeftOutWithout } from './programs.ts';

const root = resolve(import.meta.dirname, '../..');

/** Whether tests with a real Hugo are left out; where CI is set they run, and fail without one. */
export const withoutHugo = (): boolean => isLeftOutWithout('hugo', 'hugo');

/** The node_modules folder that holds Eleventy; SEC_TEST_NODE_MODULES names another one. */
export const eleventyModules: string = process.env.SEC_TEST_NODE_MODULES ?? join(root, 'node_modules');

/** Whether tests with a real Eleventy are left out; where CI is set and the project names it, they run. */
export function withoutEleventy(): boolean {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const isThere = existsSync(join(eleventyModules, '@11ty/eleventy/package.json'));
  return isLeftOut(isThere, 'no Eleventy in node_modules', '@11ty/eleventy' in devDependencies);
}

function isLeftOut(isThere: boolean, reason: string, isPromised: boolean): boolean {
  const leftOut = !isThere && !(process.env.CI === 'true' && isPromised);
  if (leftOut) console.warn(`Left out: ${reason}.`);
  return leftOut;
}
