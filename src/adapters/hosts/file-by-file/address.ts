import { fail } from '../../../core/errors/index.ts';

/** A host behind a network, as its URL in site.yaml names it. */
export interface HostAddress {
  /** The URL without the user: the name of the place, whoever logs in there. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  /** The user that the URL names. */
  readonly user?: string;
  /** What follows the host, decoded, without a slash at its end: `/var/www/kaldi`. */
  readonly path: string;
}

/**
 * Reads `scheme://[user@]host[:port]/folder`.
 *
 * @throws HOST_URL_INVALID
 */
export function parseAddress(url: string, usualPort: number): HostAddress {
  const scheme = /^[a-z]+/i.exec(url)?.[0]?.toLowerCase() ?? '';
  const target = url.replace(/\/\/[^/@]*@/, '//').replace(/\/+$/, '');
  const example = `${scheme}://anna@web.example.com/public_html`;
  const wrong = (problem: string) => fail('HOST_URL_INVALID', { target, problem, example });
  const match = /^[a-z]+:\/\/(?:([^/@:]+)@)?(\[[0-9a-f:]+\]|[^/:@?#\s]+)(?::(\d{1,5}))?(\/[^?#]*)?$/i.exec(
    url,
  );
  if (!match) throw wrong('it is not an address with a host and a folder');
  const [, user, host = '', port, path = ''] = match;
  if (host.startsWith('-')) throw wrong('the name of a host does not begin with a dash');
  const folder = decoded(path);
  const steps = folder?.split('/') ?? ['..'];
  if (
    folder === undefined ||
    steps.some((step) => step === '.' || step === '..') ||
    /[\p{Cc}\\]/u.test(folder)
  )
    throw wrong('its folder holds a step up, a backslash or a character that cannot be typed');
  return {
    target,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? usualPort : Number(port),
    ...(user === undefined ? {} : { user: decoded(user) ?? user }),
    path: folder.replace(/\/+$/, ''),
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
