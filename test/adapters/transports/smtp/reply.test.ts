import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Reply, ReplyReader } from '../../../../src/adapters/transports/smtp/reply.ts';

const line = fc.string({ unit: 'grapheme-ascii', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ''));
const reply = fc.record({
  code: fc.integer({ min: 200, max: 599 }),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
});
const written = ({ code, lines }: { code: number; lines: readonly string[] }) =>
  lines.map((text, n) => `${code}${n === lines.length - 1 ? ' ' : '-'}${text}\r\n`).join('');

describe('reading what a mail server says', () => {
  it('finds the same answers however the network cuts them', () => {
    fc.assert(
      fc.property(
        fc.array(reply, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 30 })),
        (said, cuts) => {
          const reader = new ReplyReader();
          const heard: Reply[] = [];
          let rest = said.map(written).join('');
          for (const cut of [...cuts, rest.length]) {
            const { replies, broken } = reader.read(Buffer.from(rest.slice(0, cut)));
            expect(broken).toBeUndefined();
            heard.push(...replies);
            rest = rest.slice(cut);
          }
          expect(heard.map(({ code, lines }) => ({ code, lines }))).toEqual(said);
          expect(reader.isHalfWay).toBe(false);
        },
      ),
    );
  });

  it.each(['hello\r\n', '250-one\r\n251 two\r\n', '25 x\r\n', '250_x\r\n', '600 x\r\n', '150 wait\r\n'])(
    'takes %j for no answer',
    (text) => {
      expect(new ReplyReader().read(Buffer.from(text)).broken).toBeDefined();
    },
  );

  it('does not keep an answer without an end', () => {
    const reader = new ReplyReader();
    const endless = Buffer.from('250-x\r\n'.repeat(1000));
    const broken = Array.from({ length: 100 }, () => reader.read(endless).broken);
    expect(broken.some((why) => why !== undefined)).toBe(true);
  });
});
