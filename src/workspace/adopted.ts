import { stringify } from 'yaml';
import type { z } from 'zod';
import { checkYaml, parseYaml } from '../core/yaml.ts';
import { siteSchema } from './schema.ts';

/** A client whose site somebody else built. */
export interface AdoptedFacts {
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly build: NonNullable<z.input<typeof siteSchema>['build']>;
  readonly host?: string | undefined;
  /** Who its promotions come from, where that is known already. */
  readonly sender?: { readonly email: string; readonly address: string } | undefined;
}

/**
 * The site.yaml of a client whose site somebody else built.
 *
 * @throws FIELD_INVALID
 */
export function adoptedSite(
  client: string,
  { name, url, locales, build, host, sender }: AdoptedFacts,
): string {
  const config = {
    name,
    url,
    locales,
    build,
    host: host ?? `file:public/${client}`,
    ...(sender ? { sender: { name, ...sender } } : {}),
    policy: {
      approval: { site: 'none', campaign: 'none' },
      sending: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: '09:00-18:00' },
    },
    update: 'monthly',
  };
  const text = stringify(config, { lineWidth: 110 });
  checkYaml(parseYaml(text, `sites/${client}/site.yaml`), siteSchema);
  return text;
}
