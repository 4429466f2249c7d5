import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setField } from '../../../src/site/edit/set-field.ts';
import { readFrontMatter } from '../../../src/site/source/front-matter.ts';

/** Front matter as people write it: one piece per field, with the value's own text apart from what is around it. */
interface Piece {
  readonly path: readonly (string | number)[];
  readonly before: string;
  readonly value: string;
  readonly after: string;
}

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
const comment = fc.constantFrom('', '', ' # a note', '  # ķiršu "kūka"');

const scalarPiece = (key: string): fc.Arbitrary<Piece> =>
  fc
    .tuple(
      words,
      comment,
      fc.constantFrom('plain', 'single', 'double', 'folded', 'literal', 'number', 'empty'),
    )
    .map(([text, note, style]) => {
      const after = `${note}\n`;
      const plain = { path: [key], before: `${key}: `, after };
      if (style === 'single') return { ...plain, value: `'${text}'` };
      if (style === 'double') return { ...plain, value: `"${text}"` };
      if (style === 'number') return { ...plain, value: '12.50' };
      if (style === 'empty') return { path: [key], before: `${key}:`, value: '', after };
      if (style === 'folded') return { ...plain, value: `>-\n  ${text}\n  more\n`, after: '' };
      if (style === 'literal') return { ...plain, value: `|\n    ${text}\n    more\n`, after: '' };
      return { ...plain, value: text };
    });

const listPiece = (key: string): fc.Arbitrary<Piece> =>
  fc.tuple(words, comment, fc.constantFrom('', '  ')).map(([text, note, pad]) => ({
    path: [key, 1, 'amount'],
    before: `${key}:\n${pad}- name: first\n${pad}  amount: 1\n${pad}- name: second\n${pad}  amount: `,
    value: `"${text}"`,
    after: `${note}\n${pad}  more: yes\n`,
  }));

const flowPiece = (key: string): fc.Arbitrary<Piece> =>
  words.map((text) => ({
    path: [key, 'a'],
    before: `${key}: {a: `,
    value: text,
    after: ', b: [1, 2]}\n',
  }));

const document = fc
  .array(fc.constantFrom(scalarPiece, listPiece, flowPiece), { minLength: 1, maxLength: 5 })
  .chain((kinds) => fc.tuple(...kinds.map((kind, n) => kind(`field${n}`))))
  .chain((pieces) =>
    fc.record({
      pieces: fc.constant(pieces),
      at: fc.nat(pieces.length - 1),
      bom: fc.boolean(),
      crlf: fc.boolean(),
      body: fc.constantFrom('', 'Body.\n', '\n# Head\n\n---\n\ntext  \n'),
      value: fc.oneof(words, fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 })),
    }),
  );

describe('setting a field', () => {
  it('changes the value and not one byte beside it, and reads back as what was meant', () => {
    fc.assert(
      fc.property(document, ({ pieces, at, bom, crlf, body, value }) => {
        fc.pre(!/[\uD800-\uDFFF]/.test(value) || value.isWellFormed());
        const ends = (text: string) => (crlf ? text.replaceAll('\n', '\r\n') : text);
        const piece = pieces[at] as Piece;
        const head = ends(`---\n${pieces.slice(0, at).map(whole).join('')}${piece.before}`);
        const tail = ends(
          `${piece.after}${pieces
            .slice(at + 1)
            .map(whole)
            .join('')}---\n${body}`,
        );
        const text = (bom ? '\uFEFF' : '') + head + ends(piece.value) + tail;
        const before = readFrontMatter(text, 'page.md');
        const edited = setField(text, 'page.md', { path: piece.path, value }, undefined);

        const prefix = (bom ? '\uFEFF' : '') + head;
        expect(edited.startsWith(prefix)).toBe(true);
        expect(edited.endsWith(tail)).toBe(true);
        expect(edited.length).toBeGreaterThanOrEqual(prefix.length + tail.length);

        const after = readFrontMatter(edited, 'page.md');
        expect(after.body).toBe(before.body);
        const read = after.yaml?.document.getIn(piece.path);
        expect(typeof read === 'number' ? read : String(read)).toBe(
          typeof read === 'number' ? Number(value) : value,
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('adds a field that is missing, and keeps every byte that was there', () => {
    fc.assert(
      fc.property(document, words, ({ pieces, bom, crlf, body }, value) => {
        const ends = (text: string) => (crlf ? text.replaceAll('\n', '\r\n') : text);
        const head = (bom ? '\uFEFF' : '') + ends(`---\n${pieces.map(whole).join('')}`);
        const tail = ends(`---\n${body}`);
        const text = setField(head + tail, 'page.md', { path: ['added', 'inside'], value }, undefined);
        expect(text.startsWith(head)).toBe(true);
        expect(text.endsWith(tail)).toBe(true);
        expect(readFrontMatter(text, 'page.md').yaml?.document.getIn(['added', 'inside'])).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});

const whole = ({ before, value, after }: Piece) => before + value + after;
