import { stringify } from 'yaml';
import { fail } from '../../core/errors/index.ts';
import { slugify } from '../../core/slug.ts';
import type { SiteConfig } from '../../workspace/schema.ts';
import { isSafeName } from '../page/address.ts';
import { folderOf, PLAIN_KIND } from '../page/kind.ts';

export interface NewPage {
  /** Below content/. */
  readonly path: string;
  readonly text: string;
}

/** Names of the kinds of page that a client has. */
export const kindNames = ({ kinds }: SiteConfig): string[] => [
  ...new Set([...Object.keys(kinds), PLAIN_KIND]),
];

/**
 * A new page of a kind, as a draft, with every field that its kind declares, ready to be filled in.
 *
 * @param today on the client's wall clock, for kinds that declare a `date`
 * @throws KIND_UNKNOWN, ADDRESS_UNSAFE for a title that gives no address
 */
export function newPage(
  { kind, title }: { readonly kind: string; readonly title: string },
  {
    client,
    config,
    today,
  }: { readonly client: string; readonly config: SiteConfig; readonly today: Temporal.PlainDate },
): NewPage {
  const rule = Object.hasOwn(config.kinds, kind) ? config.kinds[kind] : undefined;
  if (!rule && kind !== PLAIN_KIND) throw fail('KIND_UNKNOWN', { kind, client, known: kindNames(config) });
  const folder = folderOf(kind, rule ?? {})
    .split('/')
    .filter(Boolean);
  const slug = slugify(title);
  if (![...folder, slug].every(isSafeName))
    throw fail('ADDRESS_UNSAFE', { file: `sites/${client}/site.yaml`, address: [...folder, slug].join('/') });
  const fields: Record<string, unknown> = { title: title.trim(), draft: true };
  for (const [name, field] of Object.entries(rule?.fields ?? {})) {
    if (name in fields) continue;
    fields[name] = name === 'date' ? today.toString() : field.type === 'list' ? [] : null;
  }
  const front = stringify(fields, { nullStr: '', lineWidth: 0, version: '1.2', schema: 'core' }).replace(
    / +$/gm,
    '',
  );
  return { path: [...folder, `${slug}.md`].join('/'), text: `---\n${front}---\n\n` };
}
