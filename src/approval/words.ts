import type { Policy } from '../workspace/index.ts';
import type { Weekday, WindowRule } from './window.ts';

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const week = Object.keys(dayNames) as readonly Weekday[];

/** The client's rules as sentences for the handbook page of `sec client show`. Approvers by name only. */
export function policySentences(policy: Policy, approvers: readonly { readonly name: string }[]): string[] {
  const names = approvers.map(({ name }) => name);
  return [
    approvalSentence('A change of the website', 'goes live', policy.approval.site, names),
    approvalSentence('A promotion', 'goes out', policy.approval.campaign, names),
    `The website may be published ${windowSentence(policy.publishing)}.`,
    `Promotions may be sent ${windowSentence(policy.sending)}.`,
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
  wanted: 'none' | 'required',
  names: readonly string[],
): string {
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
