import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../src/approval/rules/rules.ts';
import {
  openEnvelope,
  payloadTypes,
  sealStatement,
  sealText,
  signedBytes,
} from '../../src/approval/statement/envelope.ts';
import { parseStatement, statementDigest, statementText } from '../../src/approval/statement/statement.ts';
import { ruledClient, siteStatement, testSigner } from './support.ts';

const statement = siteStatement(rulesOf(ruledClient({})));
const { signer, keys } = testSigner();
const sealed = sealStatement(statement, signer);

describe('a signed statement', () => {
  it('opens to exactly what was signed', () => {
    expect(openEnvelope(sealed, keys)).toEqual({
      statement,
      digest: statementDigest(statement),
      keyid: signer.keyid,
      passkey: undefined,
    });
  });

  const bytes = Buffer.from(sealed);
  it(`is refused with any one of its ${bytes.length * 8} bits changed`, () => {
    const letThrough: number[] = [];
    for (let at = 0; at < bytes.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        if (typeof openEnvelope(changed.toString('utf8'), keys) !== 'string') letThrough.push(at);
      }
    expect(letThrough).toEqual([]);
  });

  it('is refused cut off at any byte, and with anything added', () => {
    for (let at = 0; at < sealed.length; at++)
      expect(typeof openEnvelope(sealed.slice(0, at), keys)).toBe('string');
    for (const more of ['\n', ' ', '{}', sealed])
      expect(typeof openEnvelope(sealed + more, keys)).toBe('string');
  });

  it('is refused under another key, also one that claims the same name', () => {
    const forger = testSigner();
    expect(openEnvelope(sealStatement(statement, forger.signer), keys)).toMatch(/not trusted/);
    const impostor = { ...forger.signer, keyid: signer.keyid };
    expect(openEnvelope(sealStatement(statement, impostor), keys)).toMatch(/signature/);
  });

  it('is refused where the signature is for another kind of document', () => {
    const revocation = sealText(payloadTypes.revocation, statementText(statement), signer);
    expect(openEnvelope(revocation, keys)).toMatch(/not an approval/);
    const relabelled = revocation.replace(payloadTypes.revocation, payloadTypes.statement);
    expect(openEnvelope(relabelled, keys)).toMatch(/signature/);
    expect(signedBytes(payloadTypes.statement, 'a').equals(signedBytes(payloadTypes.revocation, 'a'))).toBe(
      false,
    );
  });

  it('never claims a passkey without one', () => {
    expect(openEnvelope(sealStatement({ ...statement, tier: 'T3' }, signer), keys)).toMatch(/passkey/);
  });

  it('has one canonical form', () => {
    const text = statementText(statement);
    expect(parseStatement(text)).toEqual(statement);
    expect(parseStatement(` ${text}`)).toBeUndefined();
    expect(parseStatement(JSON.stringify({ ...JSON.parse(text), more: 1 }))).toBeUndefined();
  });

  it('takes any text at all without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof openEnvelope(text, keys) === 'string'),
      { numRuns: 500 },
    );
  });
});
