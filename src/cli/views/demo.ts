import pc from 'picocolors';
import { totalExcluded } from '../../delivery/tally.ts';
import type { Approved } from '../demo/approver.ts';
import type { DemoResult } from '../demo/result.ts';

/** A stop of the tour: what happens, and the command as it is typed. */
export function stopView(number: number, about: string, words: readonly string[]): string {
  const typed = words.map((word) => (/^[\w./=@-]+$/.test(word) ? word : `'${word}'`));
  return `\n${pc.bold(`${number}. ${about}`)}\n${pc.cyan(`$ sec ${typed.join(' ')}`)}\n`;
}

/** A stop at which the client answers. */
export function approvedView(
  number: number,
  about: string,
  { name, link, asked, answered }: Approved,
): string {
  return [
    `\n${pc.bold(`${number}. ${about}`)}`,
    `  ${name} opens ${pc.underline(link)}`,
    `  She reads “${asked}”, and at the end: ${pc.green(`“${answered}”`)}\n`,
  ].join('\n');
}

/** What a person wants to see at the end. @param keep whether everything stays open */
export function demoView(result: DemoResult, mailboxUrl: string, keep: boolean): string {
  const { folder, site, page, campaign, mail, mails } = result;
  const was = keep ? '' : pc.dim(' (while the demo ran)');
  const lines = [
    '',
    pc.bold('What came of it'),
    `  The site      ${pc.underline(site)}${was}`,
    `  The change    ${page.url}\n                ${pc.green(`“${page.shows}”`)}`,
    `  The campaign  ${campaign.url}\n                ${pc.green(`“${campaign.shows}”`)}`,
    `  The mails     ${mails} caught${keep ? `, to look into: ${pc.underline(mailboxUrl)}` : ''}`,
    `  One of them   to ${mail.to}: ${pc.green(`“${mail.subject}”`)}`,
    ...firstLines(mail.text, 6).map((line) => `                ${pc.dim(line)}`),
    `                ${mail.file}`,
    `  To be read    ${mail.online} by whoever cannot see it in the mailbox`,
    `  The receipt   ${equation(result)}`,
    '',
    keep
      ? 'Everything stays open until you press Ctrl-C.'
      : 'Everything was stopped again. To browse it, run: npm run demo -- --keep',
    `The folder ${folder} is yours to look at or delete.`,
  ];
  return `${lines.join('\n')}\n`;
}

function equation({ receipt }: DemoResult): string {
  const { candidates, excluded, planned, sending, accepted, rejected, inDoubt, balanced } = receipt;
  const terms = [
    `${totalExcluded(excluded)} excluded`,
    `${planned} planned`,
    `${sending} sending`,
    `${accepted} accepted`,
    `${rejected} rejected`,
    `${inDoubt} in doubt`,
  ];
  const verdict = balanced ? pc.green('it adds up') : pc.red('it does not add up');
  return `${candidates} candidates = ${terms.join(' + ')}\n                ${verdict}`;
}

function firstLines(text: string, n: number): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, n);
}
