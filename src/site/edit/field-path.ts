import { fail } from '../../core/errors/index.ts';
import { FORBIDDEN_KEY } from '../source/plain.ts';

/** The way to a value: names of mappings, numbers of lists (from 0). */
export type ValuePath = readonly (string | number)[];

/** One `--set`: where, and what. */
export interface Assignment {
  readonly path: ValuePath;
  /** As it was typed. */
  readonly value: string;
}

/**
 * Reads `title=New`, `intro.heading=Hello`, `prices[2].amount=4.50`.
 *
 * @throws SET_INVALID
 */
export function parseAssignment(text: string): Assignment {
  const equals = text.indexOf('=');
  if (equals < 0)
    throw fail('SET_INVALID', { text, problem: 'the = between the field and its value is missing' });
  return { path: parsePath(text.slice(0, equals).trim(), text), value: text.slice(equals + 1) };
}

function parsePath(name: string, text: string): ValuePath {
  const path: (string | number)[] = [];
  for (let rest = name; rest !== ''; ) {
    const key = path.length === 0 ? /^([^.[\]\s][^.[\]]*)/ : /^\.([^.[\]]+)|^\[(\d+)\]/;
    const [whole, word, index] = key.exec(rest) ?? [];
    if (whole === undefined)
      throw fail('SET_INVALID', { text, problem: `"${name}" is not the name of a field` });
    if (word === FORBIDDEN_KEY)
      throw fail('SET_INVALID', { text, problem: 'this name is not allowed for a field' });
    path.push(index === undefined ? (word ?? '') : Number(index));
    rest = rest.slice(whole.length);
  }
  if (path.length === 0) throw fail('SET_INVALID', { text, problem: 'the name of the field is missing' });
  return path;
}
