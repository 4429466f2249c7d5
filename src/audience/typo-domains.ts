import { distance } from 'fastest-levenshtein';

// The large mail domains of the Baltics and the world, where most customers' addresses are.
const large = [
  'gmail.com',
  'inbox.lv',
  'apollo.lv',
  'one.lv',
  'mail.lv',
  'tvnet.lv',
  'hotmail.com',
  'outlook.com',
  'yahoo.com',
  'icloud.com',
  'live.com',
  'mail.ru',
  'yandex.ru',
  'inbox.lt',
  'gmx.de',
  'web.de',
  'proton.me',
  'protonmail.com',
];
// Real domains that are one letter away from a large one.
const real = new Set([
  ...large,
  'gmx.at',
  'gmx.ch',
  'gmx.net',
  'email.com',
  'ymail.com',
  'mail.com',
  'mail.ee',
  'inbox.ru',
  'live.co',
]);
const SHORTEST = 7; // shorter names are near too many others

/** The large mail domain that `domain` is most likely a misspelling of; undefined where it looks meant. */
export function likelyDomain(domain: string): string | undefined {
  if (real.has(domain) || domain.length < SHORTEST - 1) return undefined;
  return large.find((name) => name.length >= SHORTEST && isSlip(domain, name));
}

/** One letter wrong, missing, too many, or two neighbours swapped. */
function isSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  if (distance(typed, meant) === 1) return true;
  if (typed.length !== meant.length) return false;
  const at = [...typed].findIndex((letter, n) => letter !== meant[n]);
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + (typed[at] ?? '') + typed.slice(at + 2);
  return swapped === meant;
}
