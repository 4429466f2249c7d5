import { isObject, plainObject } from '../source/plain.ts';
import type { Helpers } from './register-helpers.ts';

/** Lists and nested values. An absent list is an empty one. */
export const listHelpers: Helpers = {
  get: (_, object, path) => getPath(object, String(path ?? '')),
  limit: (_, list, n) => asList(list).slice(0, Number(n)),
  where: (_, list, field, value) => asList(list).filter((item) => getPath(item, String(field)) === value),
  groupBy(_, list, field) {
    const groups = new Map<unknown, unknown[]>();
    for (const item of asList(list)) {
      const key = getPath(item, String(field));
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    return [...groups].map(([key, items]) =>
      plainObject<unknown>([
        ['key', key],
        ['items', items],
      ]),
    );
  },
  join: (_, list, separator) =>
    asList(list)
      .filter((item) => item !== undefined && item !== null && item !== '')
      .join(typeof separator === 'string' ? separator : ', '),
};

/** The value at `a.b.0`, or undefined; only what somebody wrote is there, never what a prototype adds. */
function getPath(object: unknown, path: string): unknown {
  let value = object;
  for (const key of path.split('.')) {
    if (!(isObject(value) || Array.isArray(value)) || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
