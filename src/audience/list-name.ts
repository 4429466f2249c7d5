import { fail } from '../core/errors/index.ts';

/** A list's name is a word of the command line and a part of file names. @throws LIST_NAME_INVALID */
export function checkListName(list: string): string {
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(list)) throw fail('LIST_NAME_INVALID', { list });
  return list;
}
