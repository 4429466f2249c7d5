import { transliterate } from '../core/slug.ts';

/**
 * A header as the name of a merge field: snake_case in plain letters, so `Mīļākā maize` is `milaka_maize` and
 * `First name` is `first_name`. A header without a letter or digit gives an empty text.
 */
export function fieldName(header: string): string {
  return transliterate(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').normalize('NFKC'))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
