import { fail } from '../core/errors/index.ts';
import type { Context } from './context/context.ts';

export interface Question {
  /** The flag that answers it on the command line. */
  readonly flag: string;
  readonly given: string | undefined;
  readonly question: string;
  readonly initial?: string;
  /** True, or what is wrong with the answer. */
  readonly check?: (text: string) => true | string;
}

/**
 * The value of a flag that a command cannot do without: as given, or asked for in a terminal.
 *
 * @throws FLAG_MISSING where nobody can be asked, FLAG_INVALID for a given value that does not do
 */
export async function answer(
  context: Context,
  { flag, given, question, initial, check }: Question,
): Promise<string> {
  if (given !== undefined) {
    const verdict = check?.(given) ?? true;
    if (verdict !== true) throw fail('FLAG_INVALID', { flag, problem: verdict });
    return given;
  }
  if (!context.prompts) throw fail('FLAG_MISSING', { flag, question });
  const filled = (text: string) => text.trim() !== '' || 'Please write something here.';
  return context.prompts.text(question, {
    ...(initial === undefined ? {} : { initial }),
    check: (text) => {
      const full = filled(text);
      return full === true ? (check?.(text) ?? true) : full;
    },
  });
}
