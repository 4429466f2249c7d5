import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EmailAddress, parseEmailAddress } from '../../src/core/email-address.ts';
import { isInBytes, tracesOf } from '../../src/privacy/traces.ts';

function address(text: string): EmailAddress {
  const parsed = parseEmailAddress(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.address;
}

describe('the traces of an address', () => {
  const traces = tracesOf(address('Anna.Ozola+maize@Example.com'));

  it.each([
    'anna.ozola+maize@example.com',
    'ask ANNA.OZOLA+MAIZE@EXAMPLE.COM.',
    '<Anna.Ozola+maize@example.com>',
    'mailto:anna.ozola+maize%40example.com?subject=x',
    'To: anna.ozola+maize=40example.com',
    "'anna.ozola+maize@example.com",
    'a;anna.ozola+maize@example.com;b',
  ])('are found in %s, and go', (text) => {
    expect(traces.isIn(text)).toBe(true);
    expect(traces.isIn(traces.without(text))).toBe(false);
  });

  it.each([
    'johanna.ozola+maize@example.com',
    'x.anna.ozola+maize@example.com',
    'anna.ozola+maize@example.com.lv',
    'anna.ozola+maize@example.community',
    'anna.ozola+maize@example.com-shop.lv',
    'annaXozola+maize@example.com',
    'anna.ozola@example.com',
  ])('are not in %s, which is somebody else', (text) => {
    expect(traces.isIn(text)).toBe(false);
    expect(traces.without(text)).toBe(text);
  });

  it('know a domain in its own letters', () => {
    const baiba = tracesOf(address('baiba@ķīpsala.example'));
    expect(baiba.spellings).toEqual(['baiba@xn--psala-l3a7f.example', 'baiba@ķīpsala.example']);
    expect(baiba.without('Baiba@Ķīpsala.example, baiba@xn--psala-l3a7f.example')).toBe('…, …');
  });

  it('are found in bytes of any kind, wherever they lie', () => {
    const local = fc.stringMatching(/^[a-z0-9]{1,12}(\.[a-zA-Z0-9]{1,8})?$/);
    const filler = fc.stringMatching(/^[^\p{L}\p{N}_.+@%=-]{0,40}$/u).map((text) => ` ${text} `);
    fc.assert(
      fc.property(local, filler, filler, fc.constantFrom('utf8', 'utf16le', 'base64'), (name, a, b, kind) => {
        const one = address(`${name}@Mail.example`);
        const text = `${a}${one.mailbox}${b}`;
        const bytes =
          kind === 'base64'
            ? Buffer.from(Buffer.from(text).toString('base64'))
            : Buffer.from(text, kind as 'utf8');
        expect(isInBytes(tracesOf(one), one.mailbox, bytes)).toBe(true);
        const other = address(`x${name}@mail.example`);
        expect(isInBytes(tracesOf(other), other.mailbox, bytes)).toBe(false);
      }),
    );
  });
});
