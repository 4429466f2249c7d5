import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSealed, readUnsubscribePath, unsubscribeLink } from '../../src/delivery/unsubscribe-link.ts';

const key = randomBytes(32);
const link = { client: 'kaldi', campaign: 'spring-2026', recipient: `${'aB-_'.repeat(5)}xy` };
const path = new URL(unsubscribeLink('https://mail.office.example/in/', key, link)).pathname;

it('comes back as it went out', () => {
  expect(path.startsWith('/in/u/kaldi/spring-2026/')).toBe(true);
  const read = readUnsubscribePath(path.slice(3));
  expect(read).toMatchObject(link);
  expect(read && isSealed(key, read)).toBe(true);
});

it('is nobody’s who changes a letter of it, or has another client’s key', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/'];
  fc.assert(
    fc.property(fc.nat(path.length - 7), fc.constantFrom(...letters), (at, letter) => {
      const own = path.slice(3);
      const changed = own.slice(0, at + 3) + letter + own.slice(at + 4);
      fc.pre(changed !== own);
      const read = readUnsubscribePath(changed);
      expect(read !== undefined && isSealed(key, read)).toBe(false);
    }),
  );
  const read = readUnsubscribePath(path.slice(3));
  expect(read && isSealed(randomBytes(32), read)).toBe(false);
});
