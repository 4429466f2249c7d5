import type { AdoptedFacts } from '../workspace/index.ts';
import { answer } from './answer.ts';
import { isEmail, isUrl, splitLocales } from './answer-checks.ts';
import type { FoundSite } from './context/adopt.ts';
import type { Context } from './context/context.ts';

interface AdoptionFlags {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly locales?: string | undefined;
  readonly email?: string | undefined;
  readonly address?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * The facts of a client whose site was found: what a flag says, else what the site itself says; a terminal shows
 * that as a proposal, and asks for the rest. Who promotions come from may be said later.
 *
 * @throws FLAG_MISSING, FLAG_INVALID
 */
export async function adoptionAnswers(
  context: Context,
  flags: AdoptionFlags,
  found: FoundSite,
): Promise<Omit<AdoptedFacts, 'build'>> {
  const ask = (
    flag: 'name' | 'url' | 'email' | 'address',
    question: string,
    { proposal, check }: { proposal?: string | undefined; check?: (text: string) => true | string } = {},
  ) =>
    answer(context, {
      flag,
      given: flags[flag] ?? (context.prompts ? undefined : proposal),
      question,
      ...(proposal === undefined ? {} : { initial: proposal }),
      ...(check ? { check } : {}),
    });
  const name = await ask('name', 'What is the business called?', { proposal: found.name });
  const url = await ask('url', 'The address of its website', { proposal: found.url, check: isUrl });
  const hasSender = flags.email !== undefined || flags.address !== undefined;
  return {
    name,
    url,
    locales: flags.locales === undefined && found.locales ? found.locales : splitLocales(flags.locales),
    host: flags.host,
    sender: hasSender
      ? {
          email: await ask('email', 'The e-mail address its promotions come from', { check: isEmail }),
          address: await ask('address', 'Its postal address'),
        }
      : undefined,
  };
}
