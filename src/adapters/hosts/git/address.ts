import { fail } from '../../../core/errors/index.ts';

/** A branch of a repository that is a client's website. */
export interface GitAddress {
  /** As site.yaml has it, without anything secret. */
  readonly target: string;
  /** What git is given. */
  readonly url: string;
  readonly scheme: 'file' | 'ssh' | 'https';
  readonly branch: string;
}

const EXAMPLE = 'git+ssh://git@github.com/kaldi/site.git#gh-pages';

/** A branch's name, of what git-check-ref-format(1) allows: nothing that could be an option or another ref. */
const branchName = /^(?!.*(\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$))[A-Za-z0-9_][A-Za-z0-9._/+-]*$/;
const hostName = /^([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])$/;
const userName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/**
 * Reads `git+ssh://user@host[:port]/path#branch`, `git+https://…#branch` or `git+file:///path#branch`.
 *
 * @throws HOST_URL_INVALID, with a password in the URL taken out of the message
 */
export function parseGitUrl(text: string): GitAddress {
  const shown = text.replace(/^(git\+https:\/\/|[^/]*\/\/[^/@]*:)[^/@]*@/i, '$1…@');
  const refuse = (problem: string) => fail('HOST_URL_INVALID', { target: shown, problem, example: EXAMPLE });
  const url = URL.parse(text.replace(/^git\+/i, ''));
  if (!url) throw refuse('it is not a whole address');
  const branch = url.hash.slice(1);
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'file' && scheme !== 'ssh' && scheme !== 'https')
    throw refuse(`git over "${scheme}" is not allowed; ssh, https and file are`);
  if (branch === '') throw refuse('it does not name the branch after a #');
  if (!branchName.test(branch)) throw refuse('the branch has a name that is not allowed');
  if (url.password !== '' || (scheme === 'https' && url.username !== ''))
    throw refuse('a login does not belong in site.yaml; it is stored with sec login');
  if (scheme !== 'file' && !hostName.test(url.hostname))
    throw refuse('the host has a name that is not allowed');
  if (scheme === 'file' && url.hostname !== '') throw refuse('a file: address has three slashes');
  if (url.username !== '' && !userName.test(url.username))
    throw refuse('the user has a name that is not allowed');
  if (url.search !== '') throw refuse('it holds a question mark');
  if (url.pathname.length < 2 || url.pathname.startsWith('/-')) throw refuse('it does not name a repository');
  url.hash = '';
  return { target: text, url: url.href, scheme, branch };
}
