import type { Context } from './context.ts';

/** A word of the command line that is no choice from a list: as given, or as a person types it. @throws WORD_MISSING */
export async function answerWord(
  context: Context,
  word: string,
  given: string | undefined,
  question: string,
): Promise<string> {
  if (given?.trim() || !context.prompts) return context.word(word, given?.trim(), () => []);
  return context.prompts.text(question, {
    check: (text) => text.trim() !== '' || 'Please write something here.',
  });
}
