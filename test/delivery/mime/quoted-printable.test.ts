import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodePiece } from '../../../src/delivery/mime/quoted-printable.ts';

const decoded = (text: string) =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 90 }),
      fc.constantFrom('=', '.', 'From ', ' ', 'x'.repeat(74), '='.repeat(40), 'ā'),
    ),
  )
  .map((parts) => parts.join(''));

it('encodes any line so that it is read back as it was, in lines that no mail system touches', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const piece = encodePiece(text);
      expect(decoded(piece.text)).toBe(text);
      expect(piece.open).toBe(text !== '');
      for (const line of piece.text.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76);
        expect(line).not.toMatch(/^\.|^From |=(?![0-9A-F]{2}|$)/);
      }
    }),
    { numRuns: 2000 },
  );
});
