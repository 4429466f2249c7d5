import type { Problem } from '../../core/problem.ts';
import type { Brief } from '../brief/brief.ts';
import { asError, asWarning, at } from './rules.ts';

/** From so many mails a day on, Gmail and Yahoo want one-click unsubscription (their sender guidelines, 2024). */
const BULK = 5000;

/**
 * The headers by which mail programs show their own button for leaving a list (RFC 2369, RFC 8058).
 *
 * @param headers of a mail as it goes out
 * @param people how many it goes to
 */
export function checkUnsubscribe(brief: Brief, headers: string, people: number): Problem[] {
  const unfolded = headers.replace(/\r\n[ \t]+/g, ' ');
  const way = /^List-Unsubscribe: *(.+)$/im.exec(unfolded)?.[1] ?? '';
  if (!/<[^<>]+>/.test(way))
    return [
      asError({
        ...at(brief, 'template'),
        rule: 'no-unsubscribe-header',
        message: 'The mail has no List-Unsubscribe header, by which mail programs show their button.',
        fix: 'Give the client a sender with an address in site.yaml: requests to leave the list go there.',
      }),
    ];
  const isOneClick =
    /<https:/i.test(way) && /^List-Unsubscribe-Post: *List-Unsubscribe=One-Click/im.test(unfolded);
  if (isOneClick || people < BULK) return [];
  return [
    asWarning({
      ...at(brief, 'list'),
      rule: 'one-click',
      message: `${people} people are on the list, and they can leave it only by a mail. From ${BULK} mails a day on, Gmail and Yahoo ask for a button that needs one click.`,
      fix: 'Run sec events serve and name its address in site.yaml as sender.unsubscribe, or send it over several days.',
    }),
  ];
}
