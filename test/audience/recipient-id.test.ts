import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idMaker, recipientId } from '../../src/audience/recipient-id.ts';

const key = fc.uint8Array({ minLength: 1, maxLength: 80 });
const text = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 600 }));

it('is HMAC-SHA-256 both ways of making it, whatever the key and the address', () => {
  fc.assert(
    fc.property(key, fc.array(text, { maxLength: 5 }), (clientKey, addresses) => {
      const idOf = idMaker(clientKey);
      for (const address of addresses) expect(idOf(address)).toBe(recipientId(clientKey, address));
    }),
  );
  expect(recipientId(Buffer.from('key'), 'The quick brown fox jumps over the lazy dog')).toBe(
    Buffer.from('f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8', 'hex')
      .toString('base64url')
      .slice(0, 22),
  );
});
