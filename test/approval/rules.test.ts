import { describe, expect, it } from 'vitest';
import { rulesInForce } from '../../src/approval/rules/in-force.ts';
import { amountsIn, changesPrices } from '../../src/approval/rules/money.ts';
import { changedRules, type Rules, rulesDigest, rulesOf } from '../../src/approval/rules/rules.ts';
import type { Opened } from '../../src/approval/statement/envelope.ts';
import { type Statement, statementDigest } from '../../src/approval/statement/statement.ts';
import { anna, juris, ruledClient, siteStatement } from './support.ts';

const first = rulesOf(ruledClient({ approval: { site: 'required' } }));
const second = rulesOf(ruledClient({ approval: { site: 'required', tier: 'T2' } }, [anna, juris]));
const third = rulesOf(ruledClient({}, [juris]));
const known = new Map([first, second, third].map((rules) => [rulesDigest(rules), rules]));

function change(from: Rules, to: Rules, over: Partial<Statement> = {}): Opened {
  const statement = siteStatement(from, {
    kind: 'policy',
    base: rulesDigest(from),
    subject: rulesDigest(to),
    ...over,
  });
  return { statement, digest: statementDigest(statement), keyid: 'key', passkey: undefined };
}

const inForce = (statements: Opened[], isRevoked: (digest: string) => boolean = () => false) =>
  rulesInForce({ pinned: rulesDigest(first), known, statements, isRevoked });

describe('the rules in force', () => {
  const step = change(first, second);
  const next = change(second, third, { tier: 'T2', notBefore: '2026-03-03T09:00:00Z' });

  it('are the pinned ones, and each change that was approved under the ones before', () => {
    expect(inForce([])).toEqual(first);
    expect(inForce([step])).toEqual(second);
    expect(inForce([next, step])).toEqual(third);
  });

  it.each<[string, Opened[]]>([
    ['by nobody of theirs', [change(first, third, { approver: { id: 'f'.repeat(16), name: 'X' } })]],
    [
      'by an approver whom only the new rules name',
      [change(first, second, { approver: { id: second.approvers[1]?.id ?? '', name: 'Juris' } })],
    ],
    ['from rules that were not in force', [change(second, third)]],
    [
      'to rules that nobody kept',
      [change(first, rulesOf(ruledClient({ sending: { hours: '09:00-10:00' } })))],
    ],
    ['by phone, which the rules do not allow', [change(first, second, { tier: 'T0' })]],
    ['about something else', [{ ...change(first, second), statement: siteStatement(first) }]],
  ])('stay where the change was approved %s', (_what, statements) => {
    expect(inForce(statements)).toEqual(first);
  });

  it('stay where the new rules ask for more than the approval was', () => {
    const weak = change(second, third, { notBefore: '2026-03-03T09:00:00Z' });
    expect(inForce([step, weak])).toEqual(second);
  });

  it('go back where the approval of the change is taken back', () => {
    expect(inForce([step], (digest) => digest === step.digest)).toEqual(first);
  });

  it('name the fields that differ', () => {
    expect(changedRules(first, second)).toEqual(['approvers', 'policy.approval']);
    expect(changedRules(first, first)).toEqual([]);
  });
});

describe('amounts of money', () => {
  it.each([
    ['<p>Sidamo 7.90</p>', ['7.90']],
    ['<p>€ 7,90 or 8&nbsp;EUR, 12 €</p>', ['12€', '8EUR', '€7,90']],
    ['<td>1 250,00 €</td>', ['1250,00€']],
    ['<p>Open 10-18 on 24 December 2026, call 6000 0112</p>', []],
    ['<style>a{width:7.90px}</style><script>x=9.90</script>', []],
    ['<meta name="description" content="Now 5.50 €">', ['5.50€']],
  ])('in %s are %j', (html, amounts) => {
    expect(amountsIn(html)).toEqual(amounts);
  });

  it('change where one is another, or new, or gone', () => {
    expect(changesPrices('<b>7.90</b> tea', '<i>7.90</i> coffee')).toBe(false);
    expect(changesPrices('7.90', '7.80')).toBe(true);
    expect(changesPrices('', '7.80')).toBe(true);
    expect(changesPrices('7.80 7.80', '7.80')).toBe(true);
  });
});
