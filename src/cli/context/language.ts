import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * The language of what sec writes for a client's people, such as a report or a request: the one named on the
 * command line, else SEC_LANG, else the client's main language (sec.yaml's where site.yaml names none).
 *
 * @returns a BCP 47 tag; words that do not exist in it come in English
 */
export function clientLanguage({ env }: Context, client: Client, flag?: string): string {
  return flag ?? (env.SEC_LANG || client.config.locales[0] || 'en');
}

/** The language of what the terminal shows: English unless another is asked for. */
export const terminalLanguage = ({ env }: Context, flag?: string): string => flag ?? (env.SEC_LANG || 'en');
