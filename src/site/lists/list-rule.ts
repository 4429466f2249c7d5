import { fail, oneOf } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { Page } from '../page/page.ts';
import { isObject, type Plain } from '../source/plain.ts';

/** What a page lists, so many at a time: its field `paginate`. */
export interface ListRule {
  /** Which pages; a page that names none lists its own. */
  readonly of:
    | { readonly by: 'children' }
    | { readonly by: 'section' | 'collection' | 'tag'; readonly name: string };
  readonly size: number;
  readonly sort: ListSort;
}

export type ListSort = (typeof sorts)[number];

const sorts = ['listed', 'newest', 'oldest', 'title'] as const;
const ways = ['section', 'collection', 'tag'] as const;
const DEFAULT_SIZE = 10;
const LARGEST = 1_000;

/**
 * Reads `paginate: 10` or `paginate: {section: news, size: 10, sort: newest}`; undefined where a page has none.
 *
 * @param known folders and kinds that may be named
 * @throws PAGE_INVALID
 */
export function listRule(
  page: Page,
  known: { readonly sections: () => readonly string[]; readonly collections: () => readonly string[] },
): ListRule | undefined {
  const written = page.data.paginate;
  if (written === undefined || written === null || written === false) return undefined;
  const refuse = (problem: string, fits: string, ...path: string[]) =>
    fail('PAGE_INVALID', {
      ...(page.source?.yaml.place(['paginate', ...path]) ?? { file: page.file }),
      problem,
      fits,
    });
  const fields: Readonly<Record<string, Plain>> = isObject(written)
    ? (written as Readonly<Record<string, Plain>>)
    : written === true
      ? {}
      : { size: written };
  for (const name of Object.keys(fields))
    if (![...ways, 'size', 'sort'].includes(name))
      throw refuse(
        `"${name}" is nothing that a list knows`,
        `Write ${oneOf([...ways, 'size', 'sort'])}.`,
        name,
      );
  const { size = DEFAULT_SIZE, sort = 'listed' } = fields;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > LARGEST)
    throw refuse(
      `"${String(size)}" is no number of entries`,
      `Write a whole number from 1 to ${LARGEST}, such as paginate: 10.`,
      ...(isObject(written) ? ['size'] : []),
    );
  const order = sorts.find((name) => name === sort);
  if (!order) throw refuse(`"${String(sort)}" is no order`, `Write ${oneOf(sorts)}.`, 'sort');
  const named = ways.filter((way) => fields[way] !== undefined);
  const [by] = named;
  if (!by) return { of: { by: 'children' }, size, sort: order };
  if (named.length > 1)
    throw refuse('a list is of one thing', `Write only one of ${oneOf(ways)}.`, named[1] ?? '');
  const name = String(fields[by]).replace(/^\/+|\/+$/g, '');
  const names = by === 'section' ? known.sections() : by === 'collection' ? known.collections() : undefined;
  if (names && !names.includes(name))
    throw refuse(
      `there is no ${by} "${name}"`,
      nearNames(name, names).length > 0
        ? `Did you mean ${oneOf(nearNames(name, names))}?`
        : by === 'section'
          ? 'Write a folder below content/.'
          : 'Write a kind of page as site.yaml names it.',
      by,
    );
  return { of: { by, name }, size, sort: order };
}
