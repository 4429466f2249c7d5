/** A name in a listing comes from outside: one that could lead elsewhere, or end a command, is none. */
export const isPlainName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name);
