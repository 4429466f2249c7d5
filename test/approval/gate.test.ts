import { describe, expect, it } from 'vitest';
import {
  checkPublish as checkPublishNow,
  checkSend as checkSendNow,
  emptyBook,
  policySentences,
  type RuledClient,
  rulesOf,
} from '../../src/approval/index.ts';
import { isSecError, type SecError } from '../../src/core/errors/index.ts';
import { siteSchema } from '../../src/workspace/schema.ts';

const noon = Temporal.Instant.from('2026-03-02T10:00:00Z');
const night = Temporal.Instant.from('2026-03-27T21:00:00Z');
const release = 'a'.repeat(64);

function client(policy: object, approvers: object[] = [{ name: 'Anna Berg', email: 'anna@kaldi.example' }]) {
  const config = siteSchema.parse({ name: 'Kaldi', url: 'https://kaldi.example', approvers, policy });
  return { name: 'kaldi', config, timezone: 'Europe/Riga' } satisfies RuledClient;
}

/** The gate for a client who was never asked. */
const checkPublish = (
  ruled: RuledClient,
  request: { release: string; now: Temporal.Instant; requireApproval?: boolean },
) =>
  checkPublishNow(ruled, {
    ...request,
    base: null,
    target: 'file:public/kaldi',
    changesPrices: () => false,
    book: emptyBook(rulesOf(ruled)),
  });
const checkSend = (
  ruled: RuledClient,
  request: { campaign: string; days: object; now: Temporal.Instant; requireApproval?: boolean },
) =>
  checkSendNow(ruled, {
    ...request,
    messages: new Map(),
    target: 'outbox:',
    audience: () => ({ list: 'customers', count: 1, added: () => 1 }),
    book: emptyBook(rulesOf(ruled)),
  });

function refusal(check: () => void): SecError {
  try {
    check();
  } catch (error) {
    if (isSecError(error)) return error;
  }
  throw new Error('The gate let it through.');
}

describe('the gate', () => {
  it('lets everything through where the client has no rules', () => {
    checkPublish(client({}), { release, now: night });
    checkSend(client({}), { campaign: 'spring', days: {}, now: night });
  });

  it('refuses a site that needs an approval, naming the rule and who may approve', () => {
    const error = refusal(() =>
      checkPublish(client({ approval: { site: 'required' } }), { release, now: noon }),
    );
    expect(error).toMatchObject({ code: 'APPROVAL_MISSING', exitCode: 77 });
    expect(error.message).toContain('policy.approval.site');
    expect(error.hint).toContain('Anna Berg');
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain('@');
  });

  it('says so where nobody may approve', () => {
    const ruled = client({ approval: { site: 'required' } }, []);
    expect(refusal(() => checkPublish(ruled, { release, now: noon })).hint).toContain('approvers:');
  });

  it('keeps the rules of site and campaign apart', () => {
    const ruled = client({ approval: { campaign: 'required' } });
    checkPublish(ruled, { release, now: noon });
    const error = refusal(() => checkSend(ruled, { campaign: 'spring', days: {}, now: noon }));
    expect(error.message).toContain('policy.approval.campaign');
    expect(error.message).toContain('spring');
  });

  it('refuses under --require-approval where the policy asks for none', () => {
    const options = { release, now: noon, requireApproval: true };
    expect(refusal(() => checkPublish(client({}), options))).toMatchObject({ exitCode: 77 });
    expect(
      refusal(() => checkSend(client({}), { campaign: 'spring', days: {}, now: noon, requireApproval: true }))
        .message,
    ).toContain('--require-approval');
  });

  it('refuses outside the hours with the next allowed moment', () => {
    const ruled = client({ sending: { days: ['mon', 'tue'], hours: '09:00-18:00' } });
    const error = refusal(() => checkSend(ruled, { campaign: 'spring', days: {}, now: night }));
    expect(error).toMatchObject({ code: 'OUTSIDE_HOURS', exitCode: 77 });
    expect(error.message).toContain('policy.sending.days');
    expect(error.hint).toContain('Monday 2026-03-30 09:00 (Europe/Riga)');
    checkSend(ruled, { campaign: 'spring', days: {}, now: noon });
  });

  it('names the hours where the day would do', () => {
    const ruled = client({ publishing: { hours: '09:00-18:00' } });
    const error = refusal(() => checkPublish(ruled, { release, now: night }));
    expect(error.message).toContain('policy.publishing.hours');
  });
});

describe('the days of a campaign', () => {
  const send = (days: object, now: string) =>
    checkSend(client({}), { campaign: 'spring', days, now: Temporal.Instant.from(now) });

  it.each([
    ['the first minute of its first day', { starts: '2026-03-02' }, '2026-03-01T22:00:00Z'],
    ['the last minute of its last day', { ends: '2026-03-02' }, '2026-03-02T21:59:59Z'],
    ['a day that is both', { starts: '2026-03-02', ends: '2026-03-02' }, '2026-03-02T10:00:00Z'],
    ['any time where the brief names no day', {}, '2026-03-02T10:00:00Z'],
  ])('allow %s, by the client’s clock', (_what, days, now) => {
    expect(() => send(days, now)).not.toThrow();
  });

  it('refuse a promotion that has not begun, and say what to do', () => {
    const error = refusal(() => send({ starts: '2026-03-02' }, '2026-03-01T21:59:59Z'));
    expect(error).toMatchObject({ code: 'CAMPAIGN_EARLY', exitCode: 77, details: { rule: 'starts' } });
    expect(error.message).toContain('begins on 2026-03-02, and there it is 2026-03-01 (Europe/Riga)');
    expect(error.hint).toContain('campaigns/kaldi/spring/campaign.md');
  });

  it('refuse a promotion that is over', () => {
    const error = refusal(() => send({ ends: '2026-03-02' }, '2026-03-02T22:00:00Z'));
    expect(error).toMatchObject({ code: 'CAMPAIGN_OVER', exitCode: 77, details: { rule: 'ends' } });
    expect(error.hint).toContain('sec promo cancel kaldi spring');
  });
});

describe('the rules in plain words', () => {
  it('reads as a handbook', () => {
    const { config } = client({
      approval: { site: 'required' },
      publishing: { days: ['mon', 'tue', 'wed', 'sat'], hours: '09:00-18:00' },
    });
    expect(policySentences(config.policy, config.approvers)).toEqual([
      'A change of the website goes live only after the approval of Anna Berg.',
      'A promotion goes out without asking the client.',
      'The website may be published on Monday to Wednesday and Saturday, 09:00-18:00.',
      'Promotions may be sent at any time.',
      "An approval must be at least T1: answered through the link or code in the approver's mail. It holds for 14 days, and for exactly what was shown.",
      'A yes by phone does not count: the approver answers the request itself.',
      'Going back to an earlier state of the website needs an approval too.',
      'These rules change only with the approval of Anna Berg.',
    ]);
  });

  it('says all that a client may wish for', () => {
    const { config } = client({
      approval: { site: 'prices', tier: 'T2', secondAbove: 500, validDays: 3 },
      identity: { from: 'news@kaldi.example', footer: 'Brīvības iela 1' },
      operator: { rollback: true },
    });
    const said = policySentences(config.policy, config.approvers).join('\n');
    expect(said).toContain(
      'A change of the website that touches a price goes live only after the approval of Anna Berg; any other',
    );
    expect(said).toContain('A promotion to more than 500 people needs two approvers.');
    expect(said).toContain('It holds for 3 days');
    expect(said).toContain('Every promotion comes from news@kaldi.example.');
    expect(said).toContain('Every promotion shows the words “Brīvības iela 1”.');
    expect(said).toContain('The office may go back to an approved state');
  });

  it('keeps an approval by phone apart from the surer ways', () => {
    const policy = { approval: { site: 'required', tier: 'T2' }, operator: { phone: true } };
    expect(() => client(policy)).toThrow(/phone/);
  });
});
