import { Resolver } from 'node:dns/promises';
import type { DomainRecords, LookUp } from '../../delivery/sender-domain/records.ts';

const TIMEOUT_MS = 3000;

/**
 * Looks records up at the system's name servers, or at one that is named.
 *
 * @param server `127.0.0.1:5353`
 */
export function lookUpAt(server: string | undefined): LookUp {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 2 });
  if (server) resolver.setServers([server]);
  const texts = async (name: string) =>
    (await orNone(resolver.resolveTxt(name))).map((parts) => parts.join(''));
  const dmarcOf = async (domain: string): Promise<readonly string[]> => {
    const found = await texts(`_dmarc.${domain}`);
    const above = domain.slice(domain.indexOf('.') + 1);
    return found.length > 0 || !above.includes('.') ? found : dmarcOf(above);
  };
  return async (domain, selectors): Promise<DomainRecords> => {
    const [mx, txt, dmarc, dkim] = await Promise.all([
      orNone(resolver.resolveMx(domain)),
      texts(domain),
      dmarcOf(domain),
      Promise.all(
        selectors.map(async (selector) => ({
          selector,
          txt: await texts(`${selector}._domainkey.${domain}`),
        })),
      ),
    ]);
    return { mx: mx.map(({ exchange }) => exchange).filter((name) => name !== ''), txt, dmarc, dkim };
  };
}

/** No such name and no such record are answers; a server that cannot be asked is not. */
async function orNone<T>(answer: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await answer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}
