import type { Problem } from '../core/problem.ts';
import { readLanguage } from './language.ts';
import { basisOf, type FoundList, placeOf } from './list-source.ts';
import type { Member, StoredList } from './list-store.ts';
import { domainOf, type ListSummary, summariseList } from './list-summary.ts';
import { likelyDomain } from './typo-domains.ts';

/** A finding before its place in a file is known: how many recipients it concerns, and the first of them. */
interface Finding {
  readonly first: string;
  count: number;
}

const roles =
  /^(?:info|office|birojs|sales|admin|administrator|support|kontakti|contact|noreply|no-reply|webmaster|postmaster|abuse)@/i;
// A letter that could not be decoded, or UTF-8 that was once read as Windows-1252 or 1257.
const damaged = /\ufffd|[ÃÄÅĀ][\u0080-\u00bf\u0100-\u017f€‚„†‡‰‹‘’“”•–—™›]/;

/**
 * Looks through a stored list for what a person would want to mend before a mailing. Findings count recipients
 * and name a line; they never name an address.
 */
export function checkList(found: FoundList): Problem[] {
  const { store, list } = found;
  const typos = new Map<string, Finding>();
  const role = new Map<string, Finding>();
  const letters = new Map<string, Finding>();
  const languages = new Map<string, Finding>();
  for (const member of store.members(list.name)) {
    const domain = domainOf(member);
    if (likelyDomain(domain)) note(typos, domain, member);
    if (roles.test(member.address)) note(role, '', member);
    for (const [name, text] of Object.entries(member.fields))
      if (damaged.test(text)) note(letters, name, member);
    const spoken = member.fields.language;
    if (spoken && readLanguage(spoken) === undefined) note(languages, spoken, member);
  }
  const problem = (finding: Finding, rule: string, message: string, fix: string): Problem => ({
    ...placeOf(store, list, finding.first),
    rule,
    severity: rule === 'damaged-letters' ? 'error' : 'warning',
    message,
    fix,
  });
  return [
    ...[...letters].map(([name, found]) =>
      problem(
        found,
        'damaged-letters',
        `the column "${name}" has damaged letters for ${people(found.count)}`,
        'Export the file anew as "CSV UTF-8" and import it again.',
      ),
    ),
    ...[...typos].map(([domain, found]) =>
      problem(
        found,
        'likely-typo',
        `${people(found.count)} at "${domain}", which looks like a slip of "${likelyDomain(domain)}"`,
        'Ask the customer, correct the file and import it again; suppress the wrong address.',
      ),
    ),
    ...[...role].map(([, found]) =>
      problem(
        found,
        'role-address',
        `${people(found.count)} with an address of an office such as info@, which several people read`,
        'Make sure that somebody there agreed to these mails.',
      ),
    ),
    ...[...languages].map(([spoken, found]) =>
      problem(
        found,
        'language-unknown',
        `the language "${spoken}" of ${people(found.count)} is not understood; they get the main one`,
        'Write languages as lv, en or ru.',
      ),
    ),
    ...gaps(list, summariseList(found)),
    ...mixedBasis(list),
  ];
}

function gaps(list: StoredList, { columns, recipients }: ListSummary): Problem[] {
  return columns
    .filter(({ empty }) => empty > 0)
    .map(({ name, empty }) => ({
      file: list.imports.at(-1)?.file ?? list.name,
      rule: 'field-gaps',
      severity: 'warning',
      message: `"${name}" is empty for ${empty} of ${people(recipients)}`,
      fix: `Give it a fallback where a mail uses it, such as {{or ${name} "…"}}.`,
    }));
}

function mixedBasis(list: StoredList): Problem[] {
  if (basisOf(list) === 'consent' || list.imports.every(({ basis }) => basis === 'customer')) return [];
  return [
    {
      file: list.imports.find(({ basis }) => basis === 'customer')?.file ?? list.name,
      rule: 'basis-mixed',
      severity: 'warning',
      message:
        'the list holds people who consented and people who are customers; the stricter rules hold for all',
      fix: 'Import the two groups into lists of their own.',
    },
  ];
}

function note(findings: Map<string, Finding>, what: string, { id }: Member): void {
  const found = findings.get(what);
  if (found) found.count++;
  else findings.set(what, { first: id, count: 1 });
}

const people = (count: number) => (count === 1 ? '1 recipient' : `${count} recipients`);
