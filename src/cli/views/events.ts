import pc from 'picocolors';
import type { EventKind } from '../../delivery/events/event.ts';
import type { EventsImport } from '../context/events-import.ts';
import { table } from './table.ts';
import { count } from './words.ts';

const words: Readonly<Record<EventKind, string>> = {
  delivered: 'delivered',
  deferred: 'put off',
  bounced: 'bounced',
  complained: 'called it spam',
  unsubscribed: 'unsubscribed',
};

/** What the saved mails and events came to. */
export function eventsImportView(result: EventsImport): string {
  const { read, added, known, suppressed, foreign, other, unreadable } = result;
  const kinds = Object.entries(added) as [EventKind, number][];
  const rows = [
    ...kinds.map(([kind, n]) => [words[kind], String(n)]),
    ...(known > 0 ? [['told before', String(known)]] : []),
    ...(foreign > 0 ? [['about mail that sec did not send', String(foreign)]] : []),
    ...(other > 0 ? [['other mails, for somebody to read', String(other)]] : []),
    ...(unreadable > 0 ? [['could not be read', String(unreadable)]] : []),
  ].map(([label = '', value = '']) => [`  ${pc.dim(label)}`, value]);
  const head = `${pc.green('✓')} ${count(read, 'mail or event', 'mails and events')} read; ${count(suppressed, 'person gets', 'people get')} no more mail because of it.`;
  return rows.length === 0 ? head : `${head}\n${table(rows)}`;
}
