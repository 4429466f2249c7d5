import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordAnswer } from '../../src/approval/request/answer.ts';
import { isNameOf } from '../../src/approval/request/approver-name.ts';
import type { Outcome, Wish } from '../../src/approval/request/outcome.ts';
import { type ApprovalRequest, statementOf } from '../../src/approval/request/request.ts';
import {
  drawSecrets,
  hashSecrets,
  isLinkSecret,
  isPin,
  wishOfCode,
} from '../../src/approval/request/secrets.ts';
import type { RequestStore } from '../../src/approval/request/store.ts';
import { openEnvelope } from '../../src/approval/statement/envelope.ts';
import { isSecError } from '../../src/core/errors/index.ts';
import { live, other, release, testSigner } from './support.ts';

const { signer, keys } = testSigner();
const secrets = drawSecrets(randomBytes);

function request(tier: ApprovalRequest['tier'] = 'T1'): ApprovalRequest {
  const names = { id: '0123456789abcdef', nonce: 'e'.repeat(32), tier };
  return {
    v: 1,
    ...names,
    client: 'kaldi',
    kind: 'site',
    campaign: null,
    subject: release,
    base: live,
    target: 'file:public/kaldi',
    policy: other,
    shown: other,
    audience: null,
    approver: { id: 'a'.repeat(16), name: 'Anna Bērziņa' },
    validDays: 14,
    asked: '2026-03-02T09:00:00Z',
    expires: '2026-03-05T09:00:00Z',
    hashes: hashSecrets(names, secrets),
    summary: { kind: 'policy', before: [], after: [] },
    language: 'lv',
  };
}

/** Requests in memory, with the same promise: the first outcome stands. */
class FakeRequestStore implements RequestStore {
  outcome: Outcome | undefined;
  readonly #request: ApprovalRequest;
  constructor(asked: ApprovalRequest) {
    this.#request = asked;
  }
  add() {}
  all() {
    return [{ request: this.#request, outcome: this.outcome }];
  }
  find() {
    return { request: this.#request, outcome: this.outcome };
  }
  close(_id: string, outcome: Outcome) {
    const isNew = this.outcome === undefined;
    this.outcome ??= outcome;
    return { outcome: this.outcome, isNew };
  }
  countTry() {
    return 1;
  }
  keepShown() {}
  shown() {
    return undefined;
  }
  keepMembers() {}
  members() {
    return undefined;
  }
}

type Event = { kind: 'answer'; wish: Wish; minutes: number } | { kind: 'withdraw' };

describe('a request for approval', () => {
  it('is decided at most once, whatever comes in whatever order', () => {
    const events = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant('answer' as const),
          wish: fc.constantFrom<Wish>('approve', 'changes'),
          minutes: fc.integer({ min: 0, max: 6000 }),
        }),
        fc.record({ kind: fc.constant('withdraw' as const) }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(events, (list: Event[]) => {
        const asked = request();
        const store = new FakeRequestStore(asked);
        let stands: Outcome | undefined;
        for (const event of list) {
          const before = stands;
          if (event.kind === 'withdraw') {
            store.close('', { kind: 'withdrawn', at: '2026-03-02T09:00:00Z', why: 'x' });
            stands = store.outcome;
          } else {
            const now = Temporal.Instant.from(asked.asked).add({ minutes: event.minutes });
            const statement = statementOf(asked, { tier: 'T1', now, prev: null });
            const answer =
              event.wish === 'approve'
                ? { wish: 'approve' as const, statement }
                : {
                    wish: 'changes' as const,
                    tier: 'T1' as const,
                    comments: [{ page: null, text: 'Larger' }],
                  };
            try {
              const { outcome, isNew } = recordAnswer(asked, answer, {
                requests: store,
                signer: () => signer,
                now,
              });
              expect(isNew).toBe(before === undefined);
              if (isNew) expect(event.minutes).toBeLessThan(72 * 60);
              expect(outcome.kind).toBe(event.wish === 'approve' ? 'approved' : 'changes');
              if (outcome.kind === 'approved')
                expect(typeof openEnvelope(outcome.envelope, keys)).toBe('object');
            } catch (error) {
              if (!isSecError(error)) throw error;
              expect(error.code).toMatch(/^REQUEST_(DECIDED|EXPIRED|WITHDRAWN)$/);
            }
            stands = store.outcome;
          }
          if (before) expect(stands).toBe(before);
        }
      }),
    );
  });

  it('knows its own secrets, and no others', () => {
    const asked = request();
    expect(isLinkSecret(asked, ` ${secrets.link}\n`)).toBe(true);
    expect(wishOfCode(asked, secrets.approve)).toBe('approve');
    expect(wishOfCode(asked, ` ${secrets.changes.toLowerCase().replaceAll('-', ' ')} `)).toBe('changes');
    fc.assert(fc.property(fc.string(), (text) => !isLinkSecret(asked, text) && !wishOfCode(asked, text)));
    const another = drawSecrets(randomBytes);
    expect(isLinkSecret(asked, another.link)).toBe(false);
    expect(wishOfCode({ ...asked, id: 'f'.repeat(16) }, secrets.approve)).toBeUndefined();
    expect(JSON.stringify(asked)).not.toContain(secrets.link);
    expect(JSON.stringify(asked)).not.toContain(secrets.approve);
  });

  it('offers no code where more than the mail is asked for, and a PIN where one is', () => {
    expect(request('T2').hashes).toMatchObject({ approve: null, changes: null });
    expect(isPin(request('T2'), secrets.pin)).toBe(true);
    expect(isPin(request('T2'), '000000')).toBe(secrets.pin === '000000');
    expect(isPin(request('T1'), secrets.pin)).toBe(false);
    expect(request('T3').hashes).toMatchObject({ approve: null, changes: null, pin: null });
  });

  it('draws codes of letters that nobody mixes up', () => {
    expect(secrets.approve).toMatch(/^([2-9A-HJKMNP-TV-Z]{5}-){3}[2-9A-HJKMNP-TV-Z]{5}$/);
    expect(secrets.pin).toMatch(/^\d{6}$/);
    expect(Buffer.from(secrets.link, 'base64url')).toHaveLength(32);
  });

  it.each([
    ['anna berzina', true],
    ['ANNA  BĒRZIŅA.', true],
    ['Anna', false],
    ['', false],
    ['...', false],
    ['Anna Berzins', false],
  ])('takes "%s" as the name: %s', (typed, expected) => {
    expect(isNameOf('Anna Bērziņa', typed)).toBe(expected);
  });
});
