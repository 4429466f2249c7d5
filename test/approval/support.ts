import { generateKeyPairSync, sign } from 'node:crypto';
import type { ApprovalBook } from '../../src/approval/book.ts';
import type { RuledClient } from '../../src/approval/gate.ts';
import { type Rules, rulesDigest, rulesOf } from '../../src/approval/rules/rules.ts';
import { keyIdOf, type Opened, type Signer } from '../../src/approval/statement/envelope.ts';
import { type Statement, statementDigest } from '../../src/approval/statement/statement.ts';
import { siteSchema } from '../../src/workspace/schema.ts';

export const noon = Temporal.Instant.from('2026-03-02T10:00:00Z');
export const [release, live, other] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [
  string,
  string,
  string,
];

export const anna = { name: 'Anna Berg', email: 'anna@kaldi.example' };
export const juris = { name: 'Juris Kalns', email: 'juris@kaldi.example' };

export function ruledClient(policy: object, approvers: object[] = [anna]): RuledClient {
  const config = siteSchema.parse({ name: 'Kaldi', url: 'https://kaldi.example', approvers, policy });
  return { name: 'kaldi', config, timezone: 'Europe/Riga' };
}

/** A statement about the website as it stands in these tests. */
export function siteStatement(rules: Rules, over: Partial<Statement> = {}): Statement {
  const [approver] = rules.approvers;
  return {
    v: 1,
    client: 'kaldi',
    kind: 'site',
    campaign: null,
    subject: release,
    base: live,
    target: 'file:public/kaldi',
    policy: rulesDigest(rules),
    shown: other,
    audience: null,
    request: '0123456789abcdef',
    nonce: '0'.repeat(32),
    approver: { id: approver?.id ?? '0'.repeat(16), name: approver?.name ?? 'Nobody' },
    tier: 'T1',
    notBefore: '2026-03-02T09:00:00Z',
    expires: '2026-03-16T09:00:00Z',
    prev: null,
    ...over,
  };
}

export function bookOf(
  client: RuledClient,
  statements: readonly Partial<Statement>[],
  over: Partial<ApprovalBook> = {},
): ApprovalBook {
  const rules = over.rules ?? rulesOf(client);
  const opened: Opened[] = statements.map((part) => {
    const statement = siteStatement(rules, part);
    return { statement, digest: statementDigest(statement), keyid: 'key', passkey: undefined };
  });
  return { rules, statements: opened, broken: [], isRevoked: () => false, ...over };
}

/** A key pair of its own. */
export function testSigner(): { signer: Signer; keys: Map<string, string> } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const keyid = keyIdOf(spki);
  return {
    signer: { keyid, sign: (bytes) => sign(null, bytes, privateKey) },
    keys: new Map([[keyid, spki]]),
  };
}
