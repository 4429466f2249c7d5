import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KEY_BYTES,
  keyFromRecoveryCode,
  keyFromText,
  keyToText,
  keyVariable,
  NONCE_BYTES,
  recoveryCode,
  seal,
  sealedBy,
  unseal,
} from '../../src/vault/index.ts';

const key = randomBytes(KEY_BYTES);
const nonce = randomBytes(NONCE_BYTES);
const secret = '{"host":{"password":"hünter2"}}';

describe('a sealed file', () => {
  it('opens with its key, for its client', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }).filter((text) => text.isWellFormed()),
        (text) => {
          expect(unseal(key, 'kaldi', seal(key, 'kaldi', text, nonce))).toBe(text);
        },
      ),
    );
  });

  it('shows nothing of what is in it', () => {
    const bytes = Buffer.from(seal(key, 'kaldi', secret, nonce));
    expect(bytes.includes('password') || bytes.includes(key)).toBe(false);
    expect(sealedBy(bytes)).toBeDefined();
  });

  it('does not open with a changed byte, cut short, for another client or with another key', () => {
    const bytes = seal(key, 'kaldi', secret, nonce);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(key, 'kaldi', changed)).toBeUndefined();
      expect(unseal(key, 'kaldi', bytes.subarray(0, at))).toBeUndefined();
    }
    expect(unseal(key, 'dentist', bytes)).toBeUndefined();
    expect(unseal(randomBytes(KEY_BYTES), 'kaldi', bytes)).toBeUndefined();
  });
});

describe('a key on paper', () => {
  it('comes back as it was, however it is copied', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES }), (bytes) => {
        const code = recoveryCode(bytes);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(keyFromRecoveryCode(code)).toEqual(bytes);
        const sloppy = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        expect(keyFromRecoveryCode(` ${sloppy}\n`)).toEqual(bytes);
      }),
    );
  });

  it('is refused with one wrong sign', () => {
    const code = recoveryCode(key);
    const misses = [...code].flatMap((sign, at) => {
      const other = sign === '-' ? '' : sign === '7' ? '8' : '7';
      const read = other ? keyFromRecoveryCode(code.slice(0, at) + other + code.slice(at + 1)) : undefined;
      return read ? [at] : [];
    });
    expect(misses).toEqual([]);
    expect(keyFromRecoveryCode('')).toBeUndefined();
    expect(keyFromRecoveryCode(`${code}-0000`)).toBeUndefined();
  });
});

it('is one variable for one client', () => {
  expect(keyVariable('rudzu-pe')).toBe('SEC_VAULT_KEY_RUDZU_PE');
  expect(keyFromText(keyToText(key))).toEqual(key);
  for (const text of ['', 'x', keyToText(randomBytes(31)), `${keyToText(key)}=`])
    expect(keyFromText(text)).toBeUndefined();
});
