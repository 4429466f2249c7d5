/** A value as templates see it: texts, numbers, yes and no, lists and mappings. */
export type Plain = string | number | boolean | null | undefined | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [key: string]: Plain;
}

/** No name is inherited from here; it only lets an error message call the object something. */
const nameless: object = Object.freeze(
  Object.create(null, { [Symbol.toPrimitive]: { value: () => 'a group of fields' } }),
);

/** An empty object in which a name is there only if somebody put it there. */
const empty = <T>(): Record<string, T> => Object.create(nameless);

/** A key that JavaScript treats as special; a page has no use for it, and an attack has. */
export const FORBIDDEN_KEY = '__proto__';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The same value in objects that inherit no name: one is there only if somebody wrote it.
 *
 * @param refuse called with the path of a key that is not allowed; it throws
 */
export function toPlain(value: unknown, refuse: (path: readonly PropertyKey[]) => never): Plain {
  // One list that grows and shrinks on the way: thousands of pages have dozens of values each.
  const path: PropertyKey[] = [];
  const convert = (inside: unknown): Plain => {
    if (Array.isArray(inside))
      return inside.map((item, n) => {
        path.push(n);
        const plain = convert(item);
        path.pop();
        return plain;
      });
    if (!isObject(inside)) return inside as Plain;
    const plain = empty<Plain>();
    for (const [key, item] of Object.entries(inside)) {
      path.push(key);
      if (key === FORBIDDEN_KEY) refuse([...path]);
      plain[key] = convert(item);
      path.pop();
    }
    return plain;
  };
  return convert(value);
}

/** A mapping that inherits no name. */
export function plainObject<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const object = empty<T>();
  for (const [key, value] of entries) object[key] = value;
  return object;
}
