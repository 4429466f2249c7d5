import { homedir } from 'node:os';

/**
 * Takes out of a text what must not be printed: passwords in URLs, bearer tokens and API keys, and the path of
 * the home folder. The last line of defence; messages are written without them in the first place. Bounded, so that no
 * text takes it for ever.
 */
export function redact(text: string): string {
  return withoutHome(text)
    .replace(/\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/@:]+):(\S{1,1000})@/gi, '$1$2:…@')
    .replace(/\b(SG\.[\w-]{4})[\w.-]+/g, '$1…')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 …');
}

/** Only where it stands as a path: `root` is also a user's name, as in `sftp://root@web.example`. */
function withoutHome(text: string): string {
  const home = homedir();
  if (home.length < 2) return text;
  const path = RegExp.escape(home);
  return text.replaceAll(new RegExp(`(?<![^/]/)${path}(?![\\w@-]|\\.\\w)`, 'g'), '~');
}

/** Takes out what looks like somebody's address: for texts that are not sec's own, such as the system's or a parser's. */
export const withoutAddresses = (text: string): string =>
  text.replace(/(?<![^\s<>"'(),;:=/\\])[^\s<>"'(),;:=/\\]+@[^\s<>"'(),;:/\\]+/g, '(address)');
