import { describe, expect, it } from 'vitest';
import { addedSince, audienceFacts, membersText } from '../../src/approval/audience-members.ts';
import { campaignSubject } from '../../src/approval/campaign-subject.ts';
import { checkPublish, checkSend } from '../../src/approval/gate.ts';
import type { CurrentAudience } from '../../src/approval/judge.ts';
import { rulesOf } from '../../src/approval/rules/rules.ts';
import type { Statement } from '../../src/approval/statement/statement.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { message } from '../delivery/fixtures.ts';
import { anna, bookOf, juris, live, noon, other, release, ruledClient } from './support.ts';

const required = ruledClient({ approval: { site: 'required' } });

function codeOf(check: () => unknown): string {
  try {
    check();
    return 'allowed';
  } catch (error) {
    if (!isSecError(error)) throw error;
    expect(error.exitCode).toBe(77);
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain('@');
    return error.code;
  }
}

const publishing = (statements: Partial<Statement>[], over: object = {}, client = required) =>
  codeOf(() =>
    checkPublish(client, {
      release,
      base: live,
      target: 'file:public/kaldi',
      now: noon,
      changesPrices: () => false,
      book: bookOf(client, statements),
      ...over,
    }),
  );

describe('the gate, for a release that was approved', () => {
  it('lets exactly that go live, and says under what', () => {
    const permit = checkPublish(required, {
      release,
      base: live,
      target: 'file:public/kaldi',
      now: noon,
      changesPrices: () => false,
      book: bookOf(required, [{}]),
    });
    expect(permit).toMatchObject({ tier: 'T1', approvers: ['Anna Berg'] });
  });

  it.each<[string, Partial<Statement>[], object, string]>([
    ['never asked', [], {}, 'APPROVAL_MISSING'],
    ['for another client', [{ client: 'liepa' }], {}, 'APPROVAL_MISSING'],
    ['for a campaign', [{ kind: 'campaign', campaign: 'spring' }], {}, 'APPROVAL_MISSING'],
    ['for other bytes', [{ subject: other }], {}, 'APPROVAL_STALE'],
    ['replayed after live has moved', [{}], { base: other }, 'APPROVAL_STALE'],
    ['replayed on a first publication', [{}], { base: null }, 'APPROVAL_STALE'],
    ['for another place', [{}], { target: 'file:public/elsewhere' }, 'APPROVAL_STALE'],
    ['for a host that was told other headers', [{ headers: release }], { headers: other }, 'APPROVAL_STALE'],
    ['for a host that was told headers and is told none', [{ headers: release }], {}, 'APPROVAL_STALE'],
    ['for a host that was told none, as before they counted', [{}], { headers: other }, 'APPROVAL_STALE'],
    ['for the very headers', [{ headers: other }], { headers: other }, 'allowed'],
    ['under other rules', [{ policy: other }], {}, 'APPROVAL_STALE'],
    ['from the future', [{ notBefore: '2026-03-02T10:00:01Z' }], {}, 'APPROVAL_STALE'],
    ['at the moment it runs out', [{ expires: '2026-03-02T10:00:00Z' }], {}, 'APPROVAL_EXPIRED'],
    [
      'by somebody who may not',
      [{ approver: { id: 'f'.repeat(16), name: 'Mallory' } }],
      {},
      'APPROVAL_WRONG_APPROVER',
    ],
    ['by phone', [{ tier: 'T0' }], {}, 'APPROVAL_WEAK'],
    ['a second before it runs out', [{ expires: '2026-03-02T10:00:01Z' }], {}, 'allowed'],
    ['to finish a run that stopped when it was live', [{}], { base: release }, 'allowed'],
  ])('%s', (_what, statements, over, code) => {
    expect(publishing(statements, over)).toBe(code);
  });

  it('does not let a revoked one through, and another one of the same through', () => {
    const book = bookOf(required, [{}]);
    expect(publishing([], { book: { ...book, isRevoked: () => true } })).toBe('APPROVAL_REVOKED');
    const [first] = book.statements;
    const two = bookOf(required, [{}, { nonce: '1'.repeat(32) }], {
      isRevoked: (digest) => digest === first?.digest,
    });
    expect(publishing([], { book: two })).toBe('allowed');
  });

  it('names a damaged file where nothing else would do', () => {
    const broken = [{ file: 'sites/kaldi/approvals/x.json', problem: 'its signature does not fit' }];
    expect(publishing([], { book: bookOf(required, [], { broken }) })).toBe('APPROVAL_BROKEN');
    expect(publishing([], { book: bookOf(required, [{}], { broken }) })).toBe('allowed');
  });

  it.each([
    ['T1', 'T2', 'APPROVAL_WEAK'],
    ['T2', 'T2', 'allowed'],
    ['T2', 'T3', 'APPROVAL_WEAK'],
    ['T3', 'T3', 'allowed'],
    ['T3', 'T1', 'allowed'],
  ] as const)('given as %s where %s is asked for', (tier, wanted, code) => {
    const client = ruledClient({ approval: { site: 'required', tier: wanted } });
    expect(publishing([{ tier }], {}, client)).toBe(code);
  });

  it('takes a yes by phone where the client allows that', () => {
    const client = ruledClient({ approval: { site: 'required' }, operator: { phone: true } });
    expect(publishing([{ tier: 'T0' }], {}, client)).toBe('allowed');
  });

  it('takes it only from those who may approve the website', () => {
    const client = ruledClient({ approval: { site: 'required' } }, [
      { ...anna, approves: ['campaign'] },
      juris,
    ]);
    expect(publishing([{}], {}, client)).toBe('APPROVAL_WRONG_APPROVER');
    const [, second] = rulesOf(client).approvers;
    const by = { id: second?.id ?? '', name: juris.name };
    expect(publishing([{ approver: by }], {}, client)).toBe('allowed');
  });

  it('asks for prices alone where the rule says so', () => {
    const client = ruledClient({ approval: { site: 'prices' } });
    expect(publishing([], { changesPrices: () => true }, client)).toBe('APPROVAL_MISSING');
    expect(publishing([], { changesPrices: () => false }, client)).toBe('allowed');
    expect(publishing([{}], { changesPrices: () => true }, client)).toBe('allowed');
  });

  it('goes back without asking only to what was approved, and only where the client allows it', () => {
    const alone = ruledClient({ approval: { site: 'required' }, operator: { rollback: true } });
    const back = { base: other, isRollback: true };
    expect(publishing([{}], back)).toBe('APPROVAL_STALE');
    expect(publishing([{}], back, alone)).toBe('allowed');
    expect(publishing([{ subject: other }], back, alone)).toBe('APPROVAL_STALE');
    expect(publishing([{}], { ...back, requireApproval: true }, alone)).toBe('APPROVAL_STALE');
  });
});

describe('the rules themselves', () => {
  it('stop everything where they were changed without the client', () => {
    const loosened = ruledClient({});
    const book = bookOf(required, [], { rules: rulesOf(required) });
    expect(publishing([], { book }, loosened)).toBe('POLICY_UNAPPROVED');
    const another = ruledClient({ approval: { site: 'required' } }, [
      { ...anna, email: 'mallory@evil.example' },
    ]);
    expect(publishing([], { book }, another)).toBe('POLICY_UNAPPROVED');
  });

  it('may be changed freely where the client had no say', () => {
    const book = bookOf(ruledClient({}), []);
    expect(publishing([], { book }, ruledClient({ sending: { hours: '09:00-18:00' } }))).toBe('allowed');
  });
});

describe('the gate, for a campaign', () => {
  const client = ruledClient({ approval: { campaign: 'required', secondAbove: 3 } }, [anna, juris]);
  const messages = new Map([['en', message()]]);
  const days = { starts: '2026-03-01', ends: '2026-03-31' };
  const members = membersText(['p1', 'p2', 'p3']);
  const [first, second] = rulesOf(client).approvers.map(({ id, name }) => ({ id, name }));
  const statement = (over: Partial<Statement> = {}): Partial<Statement> => ({
    kind: 'campaign',
    campaign: 'spring',
    subject: campaignSubject(client, { campaign: 'spring', messages, days }),
    base: null,
    target: 'smtp://127.0.0.1:2525',
    audience: audienceFacts('customers', members),
    ...over,
  });
  /** @param kept the approved ids as they are on this computer */
  const to = (ids: string[], kept: string | undefined = members) => ({
    audience: (): CurrentAudience => ({
      list: 'customers',
      count: ids.length,
      added: (approved) => addedSince(approved, kept, membersText(ids)),
    }),
  });
  /** A campaign that has its people already. */
  const begun = (count: number) => ({
    audience: (): CurrentAudience => ({
      list: 'customers',
      count,
      added: (approved) => Math.max(0, count - approved.count),
    }),
  });
  const sending = (statements: Partial<Statement>[], over: object = {}) =>
    codeOf(() =>
      checkSend(client, {
        campaign: 'spring',
        days,
        messages,
        target: 'smtp://127.0.0.1:2525',
        now: noon,
        ...to(['p1', 'p2', 'p3']),
        book: bookOf(client, statements),
        ...over,
      }),
    );
  it.each<[string, Partial<Statement>[], object, string]>([
    ['as approved', [statement()], {}, 'allowed'],
    ['to fewer people', [statement()], to(['p1', 'p3']), 'allowed'],
    ['to as many, but others', [statement()], to(['p1', 'p2', 'p9']), 'APPROVAL_AUDIENCE_GREW'],
    ['to one more', [statement()], to(['p1', 'p2', 'p3', 'p4']), 'APPROVAL_AUDIENCE_GREW'],
    [
      'from another list',
      [statement()],
      { audience: () => ({ list: 'all', count: 1, added: () => 0 }) },
      'APPROVAL_STALE',
    ],
    ['through another account', [statement()], { target: 'sendgrid:' }, 'APPROVAL_STALE'],
    ['on other days', [statement()], { days: { starts: '2026-03-01' } }, 'APPROVAL_STALE'],
    ['with another text', [statement({ subject: other })], {}, 'APPROVAL_STALE'],
    ['another campaign', [statement({ campaign: 'summer' })], {}, 'APPROVAL_MISSING'],
    ['going on with those fixed before', [statement()], begun(3), 'allowed'],
    ['going on with more than approved', [statement()], begun(4), 'APPROVAL_AUDIENCE_GREW'],
  ])('%s', (_what, statements, over, code) => {
    expect(sending(statements, over)).toBe(code);
  });

  it('asks for two approvers where it is large', () => {
    const large = membersText(['p1', 'p2', 'p3', 'p4']);
    const audience = audienceFacts('customers', large);
    const over = { ...to(['p1', 'p2', 'p3', 'p4']) };
    const one = statement({ audience, ...(first ? { approver: first } : {}) });
    const two = statement({ audience, ...(second ? { approver: second } : {}) });
    expect(sending([one], over)).toBe('APPROVAL_SECOND_MISSING');
    expect(sending([one, { ...one, nonce: '1'.repeat(32) }], over)).toBe('APPROVAL_SECOND_MISSING');
    expect(sending([one, two], over)).toBe('allowed');
  });

  it('counts nobody as approved where the people are not kept here', () => {
    expect(sending([statement()], to(['p1', 'p2', 'p3'], ''))).toBe('allowed');
    expect(sending([statement()], to(['p1', 'p2'], ''))).toBe('APPROVAL_AUDIENCE_GREW');
    const forged = `${members}\np9`;
    expect(sending([statement()], to(['p1', 'p9'], forged))).toBe('APPROVAL_AUDIENCE_GREW');
  });

  it('holds to the sender and the words that the client asks for', () => {
    const strict = (identity: object) => ruledClient({ identity });
    const send = (ruled: ReturnType<typeof strict>) =>
      codeOf(() =>
        checkSend(ruled, {
          campaign: 'spring',
          days,
          messages,
          target: 'outbox:',
          now: noon,
          audience: () => ({ list: '', count: 0, added: () => 0 }),
          book: bookOf(ruled, []),
        }),
      );
    expect(send(strict({ from: 'other@kaldi.example' }))).toBe('POLICY_SENDER');
    expect(send(strict({ from: 'NEWS@kaldi.example' }))).toBe('allowed');
    expect(send(strict({ footer: '1 Bean Street' }))).toBe('POLICY_FOOTER');
    expect(send(strict({ footer: 'spring is   here' }))).toBe('allowed');
  });
});
