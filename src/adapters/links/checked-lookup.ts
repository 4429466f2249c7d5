import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** An address that must not be asked. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

export const systemResolve: Resolve = (host) =>
  new Promise((done, failed) =>
    systemLookup(host, { all: true }, (error, addresses) => (error ? failed(error) : done(addresses))),
  );

/**
 * A look-up for `net.connect` that hands over only addresses that may be asked. It is the look-up of the
 * connection itself: a name cannot have one address when it is checked and another when it is used.
 */
export function checkedLookup(resolve: Resolve, mayAsk: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => mayAsk(address)))
          callback(new PrivateAddressError(host), '', 0);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, '', 0),
    );
  };
}

/** A host that is written as an address is never looked up, so it is checked before. */
export function mayAskLiteral(host: string, mayAsk: (address: string) => boolean): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 || mayAsk(bare);
}
