import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from '../../src/core/email-address.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/reference/addresses.md'), 'utf8');

/** The rows of the table below a heading: the cells, without the code marks around them. */
function rowsBelow(heading: string): string[][] {
  const [, text = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = text.split('\n## ');
  return table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(2, -2)
        .split(/(?<!\\) \| /)
        .map(asWritten),
    );
}

function asWritten(cell: string): string {
  const code = /^(`+)(.*)\1$/s.exec(cell)?.[2] ?? cell;
  return code
    .replaceAll('\\|', '|')
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n');
}

const taken = (address: string) => {
  const parsed = parseEmailAddress(address);
  return parsed.ok ? parsed.address.mailbox : undefined;
};

describe('the page about addresses is true', () => {
  it.each(rowsBelow('The same in both: accepted'))('%j is accepted (%s)', (address) => {
    expect(taken(address)?.toLowerCase()).toBe(address.toLowerCase());
  });
  it.each(rowsBelow('The same in both: refused'))('%j is refused (%s)', (address) =>
    expect(taken(address)).toBeUndefined(),
  );
  it.each(rowsBelow('Different: the standards allow it, sec refuses it'))('%j (%s) is refused', (address) =>
    expect(taken(address)).toBeUndefined(),
  );
  it.each(rowsBelow('Different: the standards do not allow it so, sec understands it'))(
    '%j is taken as %s',
    (address, mailbox) => expect(taken(address)).toBe(mailbox),
  );
  it('has all of its rows read', () => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
    const counts = headings.map((heading) => rowsBelow(heading).length);
    expect(counts).toHaveLength(4);
    expect(Math.min(...counts)).toBeGreaterThan(6);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe((page.match(/^\| `/gm) ?? []).length);
  });
});

/** Addresses as RFC 5322 §3.4.1 builds them, with the name of what only it has in them. */
const atext = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}$/);
const dotAtom = fc.array(atext, { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join('.'));
const quoted = fc.stringMatching(/^(?:[ !#-[\]-~]|\\[ -~]){0,10}$/).map((text) => `"${text}"`);
const comment = fc.stringMatching(/^[a-z ]{0,6}$/).map((text) => `(${text})`);
const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.example`);
const literal = fc.ipV4().map((address) => `[${address}]`);

describe('of all that RFC 5322 can build', () => {
  it('plain names at plain domains are accepted, but for an apostrophe in front', () => {
    fc.assert(
      fc.property(dotAtom, domain, (local, name) => {
        fc.pre(!name.split('.').some((part) => part.startsWith('xn--') || part.slice(2, 4) === '--'));
        const isAccepted = taken(`${local}@${name}`) === `${local}@${name}`;
        expect(isAccepted).toBe(!local.startsWith("'"));
      }),
      { numRuns: 2000 },
    );
  });

  it('nothing quoted, commented or literal is', () => {
    const strange = fc.oneof(
      fc.tuple(quoted, domain),
      fc.tuple(dotAtom, literal),
      fc.tuple(
        fc.tuple(dotAtom, comment).map(([local, said]) => local + said),
        domain,
      ),
      fc.tuple(
        dotAtom,
        fc.tuple(comment, domain).map(([said, name]) => said + name),
      ),
    );
    fc.assert(
      fc.property(strange, ([local, name]) => {
        expect(taken(`${local}@${name}`)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
