import { type FoundList, isSuppressed } from './list-source.ts';
import type { Member } from './list-store.ts';

interface ColumnSummary {
  readonly name: string;
  /** Recipients for whom the column holds something. */
  readonly filled: number;
  readonly empty: number;
}

export interface ListSummary {
  readonly recipients: number;
  /** Of these, how many are suppressed and get nothing. */
  readonly suppressed: number;
  readonly columns: readonly ColumnSummary[];
  /** Mail domains, the largest first. */
  readonly domains: readonly { readonly domain: string; readonly recipients: number }[];
  /** Recipients by language code; those without one get the main language and are not counted here. */
  readonly languages: ReadonlyMap<string, number>;
}

/** Counts a stored list through, one recipient after another. */
export function summariseList(found: FoundList): ListSummary {
  const { store, list } = found;
  const filled = new Map(list.columns.map((name) => [name, 0]));
  const domains = new Map<string, number>();
  const languages = new Map<string, number>();
  let recipients = 0;
  let suppressed = 0;
  for (const member of store.members(list.name)) {
    recipients++;
    if (isSuppressed(found, member)) suppressed++;
    addOne(domains, domainOf(member));
    if (member.language !== undefined) addOne(languages, member.language);
    for (const name of list.columns) if (member.fields[name]) addOne(filled, name);
  }
  return {
    recipients,
    suppressed,
    columns: [...filled].map(([name, some]) => ({ name, filled: some, empty: recipients - some })),
    domains: [...domains]
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .map(([domain, count]) => ({ domain, recipients: count })),
    languages,
  };
}

export const domainOf = ({ address }: Pick<Member, 'address'>) => address.slice(address.lastIndexOf('@') + 1);

const addOne = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
