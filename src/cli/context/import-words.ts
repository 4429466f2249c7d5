import type { Basis } from '../../audience/audience.ts';
import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';
import { listNames } from './audience.ts';
import type { Context } from './context.ts';

const bases: readonly { readonly value: Basis; readonly name: string }[] = [
  { value: 'consent', name: 'consent – each of them asked for these mails' },
  { value: 'customer', name: 'customer – they bought something and were told that mails may come' },
];

/** The list to import into: the word given, or the new or known name that a person types. @throws WORD_MISSING */
export async function askList(context: Context, client: Client, given: string | undefined): Promise<string> {
  if (given !== undefined || !context.prompts) return context.word('list', given, () => []);
  const known = await listNames(context, client);
  return context.prompts.text('What is the list called?', { initial: known[0] ?? 'customers' });
}

/** The file to import: the word given, or the path that a person types. @throws WORD_MISSING */
export async function askFile(context: Context, given: string | undefined): Promise<string> {
  if (given !== undefined || !context.prompts) return context.word('file', given, () => []);
  const check = (answer: string) => answer.trim() !== '' || 'Type the path of a CSV file.';
  return (await context.prompts.text('Which CSV file?', { check })).trim();
}

/** Why these people may be written to: the flag, or what a person picks. @throws LIST_BASIS_MISSING */
export async function askBasis(context: Context, given: Basis | undefined): Promise<Basis> {
  if (given) return given;
  if (!context.prompts) throw fail('LIST_BASIS_MISSING', { choices: bases.map(({ value }) => value) });
  const picked = await context.prompts.select('Why may these people be written to?', bases);
  return picked === 'consent' ? 'consent' : 'customer';
}
