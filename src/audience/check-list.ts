import type { Problem } from '../core/problem.ts';
import { addressNotes, noteWords } from './address-notes.ts';
import { readLanguage } from './language.ts';
import { basisOf, type FoundList, placeOf } from './list-source.ts';
import type { Member, StoredList } from './list-store.ts';
import { domainOf, type ListSummary, summariseList } from './list-summary.ts';

/** A finding before its place in a file is known: how many recipients it concerns, and the first of them. */
interface Finding {
  readonly first: string;
  count: number;
}

// A letter that could not be decoded, or UTF-8 that was once read as Windows-1252 or 1257.
const damaged = /\ufffd|[ÃÄÅĀ][\u0080-\u00bf\u0100-\u017f€‚„†‡‰‹‘’“”•–—™›]/;

/**
 * Looks through a stored list for what a person would want to mend before a mailing. Findings count recipients
 * and name a line; they never name an address.
 */
export function checkList(found: FoundList): Problem[] {
  const { store, list } = found;
  const addresses = addressNotes<string>();
  const letters = new Map<string, Finding>();
  const languages = new Map<string, Finding>();
  for (const member of store.members(list.name)) {
    addresses.see(member.address, domainOf(member), member.id);
    for (const [name, text] of Object.entries(member.fields))
      if (damaged.test(text)) note(letters, name, member);
    const spoken = member.fields.language;
    if (spoken && readLanguage(spoken) === undefined) note(languages, spoken, member);
  }
  const problem = (finding: Readonly<Finding>, rule: string, message: string, fix: string): Problem => ({
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
    ...addresses.notes().map((found) => {
      const { message, fix } = noteWords(found);
      return problem(found, found.rule, message, fix);
    }),
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
