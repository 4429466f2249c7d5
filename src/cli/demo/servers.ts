import { join } from 'node:path';
import { startCatcher } from '../../adapters/catcher/mail-catcher.ts';
import { folderHandler } from '../../web/folder.ts';
import { serveLoopback } from '../../web/loopback.ts';
import { mailboxHandler } from '../../web/mailbox.ts';

/** The demo's own internet: a web host, a mail server that passes nothing on, and a mailbox to look into. */
export interface DemoServers {
  /** Without a slash at the end. */
  readonly siteUrl: string;
  readonly mailboxUrl: string;
  readonly smtpUrl: string;
  readonly mails: () => readonly { readonly to: string; readonly file?: string }[];
  close(): Promise<void>;
}

/** Starts all three on free ports of this machine. @param webRoot what the web host serves; it may not exist yet */
export async function startServers(dir: string, webRoot: string): Promise<DemoServers> {
  const catcher = await startCatcher({ dir: join(dir, 'caught-mails') });
  const mails = () => catcher.messages;
  const site = await serveLoopback(folderHandler(webRoot));
  const mailbox = await serveLoopback(mailboxHandler(mails, new URL(site.url).origin));
  return {
    siteUrl: site.url.replace(/\/$/, ''),
    mailboxUrl: mailbox.url,
    smtpUrl: catcher.url,
    mails,
    close: async () => {
      await Promise.all([catcher.close(), site.close(), mailbox.close()]);
    },
  };
}
