/** Adds members that are worked out when they are first read. */
export function lazily<T extends object>(object: T, members: Readonly<Record<string, () => unknown>>): T {
  for (const [name, make] of Object.entries(members)) {
    let value: unknown;
    let made = false;
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get() {
        if (!made) {
          value = make();
          made = true;
        }
        return value;
      },
    });
  }
  return object;
}
