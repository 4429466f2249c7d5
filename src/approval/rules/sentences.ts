import type { Policy } from '../../workspace/index.ts';
import type { Kind } from '../statement/statement.ts';
import { tierWords } from '../tier-words.ts';
import { en } from '../words/en.ts';
import type { Weekday, WindowRule } from './window.ts';

const dayNames: Readonly<Record<Weekday, string>> = en.days;
const week = Object.keys(dayNames) as readonly Weekday[];

/** The client's rules as sentences for the handbook page of `sec client show`. Approvers by name only. */
export function policySentences(policy: Policy, approvers: readonly NamedApprover[]): string[] {
  const may = (kind: Kind) =>
    approvers
      .filter(({ approves }) => approves === undefined || approves.includes(kind))
      .map(({ name }) => name);
  return [
    approvalSentence('A change of the website', 'goes live', policy.approval.site, may('site')),
    approvalSentence('A promotion', 'goes out', policy.approval.campaign, may('campaign')),
    `The website may be published ${windowSentence(policy.publishing)}.`,
    `Promotions may be sent ${windowSentence(policy.sending)}.`,
    ...howSentences(policy, may('policy')),
    ...identitySentences(policy),
  ];
}

interface NamedApprover {
  readonly name: string;
  /** All kinds where absent. */
  readonly approves?: readonly Kind[];
}

/** How an approval must be given: said only where one is asked for. */
function howSentences({ approval, operator }: Policy, rulers: readonly string[]): string[] {
  if (approval.site === 'none' && approval.campaign === 'none') return [];
  const { tier, validDays, secondAbove } = approval;
  return [
    `An approval must be at least ${tierWords(tier)}. It holds for ${validDays} days, and for exactly what was shown.`,
    ...(secondAbove === undefined
      ? []
      : [`A promotion to more than ${secondAbove} people needs two approvers.`]),
    operator.phone
      ? 'The office may write down a yes given by phone.'
      : 'A yes by phone does not count: the approver answers the request itself.',
    operator.rollback
      ? 'The office may go back to an approved state of the website without asking.'
      : 'Going back to an earlier state of the website needs an approval too.',
    `These rules change only with the approval of ${list(rulers, 'or') || 'an approver, and nobody is named who may give it'}.`,
  ];
}

function identitySentences({ identity }: Policy): string[] {
  return [
    ...(identity.from === undefined ? [] : [`Every promotion comes from ${identity.from}.`]),
    ...(identity.footer === undefined ? [] : [`Every promotion shows the words “${identity.footer}”.`]),
  ];
}

/** `at any time`, or `on Monday to Friday, 09:00-18:00`. */
export function windowSentence({ days, hours }: WindowRule): string {
  const everyDay = week.every((day) => days.includes(day));
  const allHours = hours.startsWith('00:00-24:');
  if (everyDay && allHours) return 'at any time';
  const onDays = everyDay ? 'every day' : `on ${list(runs(days))}`;
  return allHours ? onDays : `${onDays}, ${hours}`;
}

function approvalSentence(
  what: string,
  effect: string,
  wanted: 'none' | 'prices' | 'required',
  names: readonly string[],
): string {
  if (wanted === 'prices')
    return `${what} that touches a price ${effect} only after the approval of ${list(names, 'or') || 'somebody, and nobody is named who may give it'}; any other ${effect} without asking the client.`;
  if (wanted === 'none') return `${what} ${effect} without asking the client.`;
  if (names.length === 0)
    return `${what} ${effect} only after an approval, and nobody is named who may give it.`;
  return `${what} ${effect} only after the approval of ${list(names, 'or')}.`;
}

/** Days in the order of the week, three and more in a row drawn together: `Monday to Friday`. */
function runs(days: readonly Weekday[]): string[] {
  const groups: Weekday[][] = [];
  for (const [n, day] of week.entries()) {
    if (!days.includes(day)) continue;
    const open = groups.at(-1);
    const before = week[n - 1];
    if (open && before && open.at(-1) === before) open.push(day);
    else groups.push([day]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (group.length < 3 || !first || !last) return group.map((day) => dayNames[day]);
    return [`${dayNames[first]} to ${dayNames[last]}`];
  });
}

function list(words: readonly string[], joint = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}
