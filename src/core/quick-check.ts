// What the build makes of schemas (scripts/build/quick-settings.ts): checks that are ready at once, where zod takes
// longer to begin than to check. They only know values that fit; whatever else there is to say, zod says.

/** Gives the value as the schema would, defaults filled in, or `UNFIT` where it does not fit or is in doubt. */
export type QuickCheck = (value: unknown) => unknown;

export const UNFIT = Symbol('unfit');

/** @param least fewest characters */
export function text({
  least = 0,
  patterns = [],
}: {
  least?: number;
  patterns?: readonly RegExp[];
}): QuickCheck {
  return (value) =>
    typeof value === 'string' &&
    [...value].length >= least &&
    patterns.every((pattern) => pattern.test(value))
      ? value
      : UNFIT;
}

/** A URL that is written as it is meant: nothing in it that a browser would take out or turn round. */
export function address(protocol: RegExp): QuickCheck {
  return (value) => {
    const [, scheme = ''] = (typeof value === 'string' && /^([a-z]+):\/\/[!-[\]-~]+$/.exec(value)) || [];
    return protocol.test(scheme) && URL.canParse(String(value)) ? value : UNFIT;
  };
}

export function number({
  whole = false,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
}: {
  whole?: boolean;
  least?: number;
  most?: number;
}): QuickCheck {
  const kind = whole ? Number.isSafeInteger : Number.isFinite;
  return (value) => (kind(value) && Number(value) >= least && Number(value) <= most ? value : UNFIT);
}

export const oneOf =
  (...values: readonly unknown[]): QuickCheck =>
  (value) =>
    values.includes(value) ? value : UNFIT;

export const anything: QuickCheck = (value) => value;

export const optional =
  (check: QuickCheck): QuickCheck =>
  (value) =>
    value === undefined ? undefined : check(value);

/** @param instead the JSON of the value that is taken where there is none */
export const otherwise =
  (check: QuickCheck, instead: string): QuickCheck =>
  (value) =>
    value === undefined ? JSON.parse(instead) : check(value);

/** The same, where what is taken instead is checked as well. */
export const prefilled =
  (check: QuickCheck, instead: string): QuickCheck =>
  (value) =>
    check(value === undefined ? JSON.parse(instead) : value);

export const either =
  (...checks: readonly QuickCheck[]): QuickCheck =>
  (value) => {
    for (const check of checks) {
      const checked = check(value);
      if (checked !== UNFIT) return checked;
    }
    return UNFIT;
  };

export const also =
  (check: QuickCheck, ...rules: readonly ((value: never) => boolean)[]): QuickCheck =>
  (value) => {
    const checked = check(value);
    return checked !== UNFIT && rules.every((rule) => rule(checked as never)) ? checked : UNFIT;
  };

export const list =
  (check: QuickCheck, { least = 0 }: { least?: number }): QuickCheck =>
  (value) => {
    if (!Array.isArray(value) || value.length < least) return UNFIT;
    const items = Array.from(value, check);
    return items.includes(UNFIT) ? UNFIT : items;
  };

/** Fields of any names. */
export const named =
  (check: QuickCheck): QuickCheck =>
  (value) => {
    if (!isGroup(value)) return UNFIT;
    const fields = Object.entries(value).map(([name, field]) => [name, check(field)] as const);
    return fields.some(([name, field]) => field === UNFIT || name === '__proto__')
      ? UNFIT
      : Object.fromEntries(fields);
  };

/** Fields of these names and no others. */
export function group(checks: Readonly<Record<string, QuickCheck>>): QuickCheck {
  return (value) => {
    if (!isGroup(value) || !Object.keys(value).every((name) => Object.hasOwn(checks, name))) return UNFIT;
    const fields: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(checks)) {
      const field = check(Object.hasOwn(value, name) ? value[name] : undefined);
      if (field === UNFIT) return UNFIT;
      if (field !== undefined) fields[name] = field;
    }
    return fields;
  };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
