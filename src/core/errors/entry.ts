/** The exit codes of the contract (after sysexits.h), by name. */
export const exitCodes = {
  problems: 1,
  usage: 2,
  badData: 65,
  unavailable: 69,
  bug: 70,
  cannotCreate: 73,
  io: 74,
  stoppedPartWay: 75,
  refused: 77,
  badConfig: 78,
  cancelled: 130,
} as const;

export type ExitName = keyof typeof exitCodes;

/**
 * One kind of failure. `message` says what happened, where, and what state things were left in;
 * `hint` says what to do next. Both speak to a secretary. The key in the catalogue is the permanent code.
 */
export interface ErrorEntry<P> {
  readonly title: string;
  readonly exit: ExitName;
  readonly message: (params: P) => string;
  readonly hint: (params: P) => string;
}

/** Lets an entry state the type of its parameters while the others are inferred. */
export function entry<P = Record<never, never>>(definition: ErrorEntry<P>): ErrorEntry<P> {
  return definition;
}

/** Where in a file something is wrong. Line and column count from 1. `file` is relative to the workspace. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly field?: string | undefined;
}

/** `sites/kaldi/site.yaml, line 4, column 3, field "url"`. */
export function where(place: Place): string {
  const parts = [place.file];
  if (place.line !== undefined) parts.push(`line ${place.line}`);
  if (place.column !== undefined) parts.push(`column ${place.column}`);
  if (place.field !== undefined) parts.push(`field "${place.field}"`);
  return parts.join(', ');
}

/** `"a", "b" or "c"`, for hints that offer a choice. */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length <= 1) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
