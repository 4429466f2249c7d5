import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../../../src/adapters/transports/smtp/capabilities.ts';
import { envelopeFor } from '../../../../src/adapters/transports/smtp/envelope.ts';
import { letterTo } from '../../../support/letters.ts';

const letter = (to: string, size = 10) => letterTo(to, new Uint8Array(size));
const server = (...lines: string[]) => capabilitiesOf(lines);

describe('the envelope', () => {
  it('says what the server wants to know', () => {
    expect(envelopeFor(letter('anna@example.com'), server())).toEqual({
      mail: 'MAIL FROM:<news@kaldi.example>',
      rcpt: 'RCPT TO:<anna@example.com>',
    });
    expect(
      envelopeFor(letter('anna@example.com'), server('SIZE 1000', 'SMTPUTF8', '8BITMIME')),
    ).toMatchObject({
      mail: 'MAIL FROM:<news@kaldi.example> SIZE=10',
    });
  });

  it('carries letters before the @ where the whole way can, and a domain in any script to everybody', () => {
    expect(envelopeFor(letter('jānis@example.com'), server('SMTPUTF8', '8BITMIME'))).toEqual({
      mail: 'MAIL FROM:<news@kaldi.example> SMTPUTF8 BODY=8BITMIME',
      rcpt: 'RCPT TO:<jānis@example.com>',
    });
    expect(envelopeFor(letter('jānis@example.com'), server('8BITMIME'))).toMatchObject({ kind: 'rejected' });
    expect(envelopeFor(letter('anna@rīts.example'), server())).toMatchObject({
      rcpt: 'RCPT TO:<anna@xn--rts-uta.example>',
    });
  });

  it('does not offer what the server says is too large', () => {
    expect(envelopeFor(letter('anna@example.com', 1001), server('SIZE 1000'))).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('1000'),
    });
    expect(envelopeFor(letter('anna@example.com', 1001), server('SIZE 0'))).toHaveProperty('rcpt');
  });
});
