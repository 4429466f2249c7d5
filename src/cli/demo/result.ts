import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import type { SendReceipt } from '../../delivery/receipt.ts';
import type { DemoServers } from './servers.ts';
import { CAMPAIGN, NEW_TEXT } from './tour.ts';

/** What a person wants to see at the end. Everything in it was read back from the running site and the caught mails. */
export interface DemoResult {
  /** The temporary workspace. */
  readonly folder: string;
  readonly site: string;
  readonly page: { readonly url: string; readonly shows: string };
  readonly campaign: { readonly url: string; readonly shows: string };
  readonly mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly file: string;
    /** Where it can be read on the client's site. */
    readonly online: string;
  };
  readonly mails: number;
  readonly receipt: SendReceipt;
}

/** Looks at what is live and at one of the mails, as a visitor and a customer would. @throws where the page does not show the change */
export async function lookAtResult(
  folder: string,
  servers: DemoServers,
  receipt: SendReceipt,
): Promise<DemoResult> {
  const page = `${servers.siteUrl}/jaunumi/`;
  if (!(await textOf(page)).includes(NEW_TEXT)) throw new Error(`${page} does not show the change.`);
  const campaign = `${servers.siteUrl}/${CAMPAIGN}/`;
  const [mail] = servers.mails();
  const online = `${servers.siteUrl}/campaigns/${CAMPAIGN}/lv/`;
  if (!(await textOf(online)).includes('noindex')) throw new Error(`${online} is not the mail.`);
  const { to, subject, text } = await PostalMime.parse(await readFile(mail?.file ?? ''));
  return {
    folder,
    site: `${servers.siteUrl}/`,
    page: { url: page, shows: NEW_TEXT },
    campaign: { url: campaign, shows: headingOf(await textOf(campaign)) },
    mail: {
      to: to?.[0]?.address ?? '',
      subject: subject ?? '',
      text: text ?? '',
      file: mail?.file ?? '',
      online,
    },
    mails: servers.mails().length,
    receipt,
  };
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`);
  return response.text();
}

const headingOf = (html: string) =>
  (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
