import { contentType } from '../../../core/content-type.ts';

/**
 * Names that change with their content, as sec's own build and many generators give them. Only what is a hash for
 * certain: a date in a name is none, and a price list that browsers keep for a year would be worse than a slow one.
 */
const hashed = /[.-](?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{10,64}\.[a-z0-9]+$/;

/** Whether a path's bytes never change, because their hash is in its name. */
export const isImmutable = (path: string): boolean => hashed.test(path) && !/\.html?$/i.test(path);

/** What visitors' browsers are told of a path: its kind, and whether they may keep it (RFC 9111, RFC 8246). */
export function headersOf(path: string): Record<string, string> {
  return {
    'cache-control': isImmutable(path)
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
    'content-type': contentType(path),
  };
}
