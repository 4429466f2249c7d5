import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf, keyedHash, sha256 } from '../../src/core/digest.ts';
import { nearNames } from '../../src/core/near.ts';
import { slugify, transliterate } from '../../src/core/slug.ts';

describe('slugify', () => {
  it.each([
    ['Jaunumi: Ķiršu kūka!', 'jaunumi-kirsu-kuka'],
    ['Ziemassvētku piedāvājums 2026', 'ziemassvetku-piedavajums-2026'],
    ['Straße & Œuvre', 'strasse-oeuvre'],
    ['…', ''],
    ['Ǽǿ', 'aeo'],
  ])('%s → %s', (title, slug) => expect(slugify(title)).toBe(slug));

  it('is always safe as a part of an address, and does not change a second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const slug = slugify(title);
        expect(slug).toMatch(/^([\p{L}\p{N}_]+(-[\p{L}\p{N}_]+)*)?$/u);
        expect(slugify(slug)).toBe(slug);
      }),
    );
  });

  it('treats plain letters as it does beside others', () => {
    const word = fc.constantFrom('a', 'B', '7', '_', '-', ' ', "'", '!', '.', '/');
    fc.assert(
      fc.property(fc.string({ unit: word }), (title) => {
        expect(slugify(`${title} ā`)).toBe([slugify(title), 'a'].filter(Boolean).join('-'));
      }),
    );
  });

  it('leaves letters of other scripts to the caller', () => expect(transliterate('Жук ā')).toBe('Жук a'));
});

describe('nearNames', () => {
  it('finds slips of the finger and beginnings', () => {
    expect(nearNames('kladi', ['kaldi', 'maize', 'smaids'])).toEqual(['kaldi']);
    expect(nearNames('mai', ['kaldi', 'maize'])).toEqual(['maize']);
    expect(nearNames('zzzzzz', ['kaldi', 'maize'])).toEqual([]);
    expect(nearNames('foo', ['to', 'for'])).toEqual(['for']);
  });
});

describe('digests', () => {
  it('do not depend on the order of keys', () => {
    expect(digestOf({ a: 1, b: [2, { d: 3, c: 4 }] })).toBe(digestOf({ b: [2, { c: 4, d: 3 }], a: 1 }));
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
  });

  it('of a key differ from one client to the next', () => {
    expect(keyedHash('one', 'anna@example.com')).not.toBe(keyedHash('two', 'anna@example.com'));
    expect(sha256('')).toMatch(/^e3b0c442/);
  });
});
