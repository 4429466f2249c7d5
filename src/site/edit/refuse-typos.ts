import { fail, oneOf } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import { fieldName } from '../../core/yaml.ts';
import type { Client } from '../../workspace/client.ts';
import { kindOf } from '../page/kind.ts';
import { OWN_FIELDS } from '../page/own-fields.ts';
import type { Page } from '../page/page.ts';
import type { Assignment } from './field-path.ts';

/**
 * A field that a page does not have yet, and that is called nearly like one that it may have, is a slip: it would be
 * saved, and nothing would show it. Other new fields are a theme's own affair.
 *
 * @throws SET_INVALID
 */
export function refuseTypos(set: readonly Assignment[], page: Page, { config }: Client): void {
  const declared = Object.keys(kindOf(page, config.kinds)?.fields ?? {});
  const known = [...new Set([...Object.keys(page.data), ...declared, ...OWN_FIELDS])];
  for (const { path, value } of set) {
    const name = String(path[0]);
    const near = known.includes(name) ? [] : nearNames(name, known);
    if (near.length > 0)
      throw fail('SET_INVALID', {
        text: `${fieldName(path)}=${value}`,
        problem: `the page has no field "${name}"; did you mean ${oneOf(near)}`,
      });
  }
}
