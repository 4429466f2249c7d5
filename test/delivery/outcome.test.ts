import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainReason } from '../../src/delivery/outcome.ts';

it('is a server’s words in one line, of a length to be read, without anybody’s address', () => {
  const words = fc.array(
    fc.constantFrom(
      'Ok:',
      ' ',
      '\r\n',
      '\t',
      'a@b.example',
      '<x@y.example>',
      '550',
      'ļoti',
      '@',
      '\u2028',
      'w'.repeat(90),
    ),
  );
  fc.assert(
    fc.property(words, (parts) => {
      const said = parts.join('');
      const reason = plainReason(said);
      expect(reason).not.toMatch(/[^\s<>]@[a-z]|[\r\n\t\u2028]| {2}|^ /);
      expect(reason.length).toBeLessThanOrEqual(300);
      expect(plainReason(reason)).toBe(reason.trimEnd());
    }),
    { numRuns: 1000 },
  );
});

it('leaves plain words as they are', () => {
  expect(plainReason('2.0.0 Ok: queued as 4F2A1')).toBe('2.0.0 Ok: queued as 4F2A1');
  expect(plainReason('550 <anna@example.com>: no such user')).toBe('550 <(address)>: no such user');
});
