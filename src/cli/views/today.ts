import pc from 'picocolors';
import { type DeskItem, type Urgency, urgencies } from '../../desk/index.ts';
import type { Today } from '../context/desk.ts';
import { count } from './words.ts';

const headings: Readonly<Record<Urgency, string>> = {
  failing: 'Needs you',
  due: 'Due',
  waiting: 'Waiting',
  coming: 'Soon',
};
const paint: Readonly<Record<Urgency, (text: string) => string>> = {
  failing: pc.red,
  due: pc.yellow,
  waiting: pc.cyan,
  coming: pc.dim,
};

/** The board: what presses first, each line with the command that moves it on. */
export function todayView({ date, clients, items }: Today): string {
  const title = pc.bold(`${dayName(date)}, ${date}`);
  if (clients === 0) return `${title}\nNo clients yet. Add the first one with: sec client add`;
  if (items.length === 0) return `${title}\n${pc.green('✓')} Nothing is due at ${count(clients, 'client')}.`;
  const groups = urgencies.flatMap((urgency) => {
    const own = items.filter((item) => item.urgency === urgency);
    return own.length === 0 ? [] : ['', paint[urgency](headings[urgency]), ...own.map(itemLines)];
  });
  return [title, ...groups].join('\n');
}

const itemLines = ({ client, about, text, next }: DeskItem) =>
  `  ${pc.bold(client)}${about === 'site' ? '' : ` ${about === 'policy' ? 'rules' : about}`}  ${text}\n      ${pc.dim(next)}`;

const dayName = (date: string) => Temporal.PlainDate.from(date).toLocaleString('en', { weekday: 'long' });
