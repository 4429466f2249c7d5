import { join } from 'node:path';
import { startCatcher } from '../../adapters/catcher/mail-catcher.ts';
import { folderHandler } from '../../web/folder.ts';
import { serveLoopback } from '../../web/loopback.ts';
import { mailboxHandler } from '../../web/mailbox.ts';
import { serveApprovals } from '../context/approval-desk.ts';
import { createContext } from '../context/context.ts';

/** The demo's own internet: a web host, a mail server that passes nothing on, a mailbox to look into, an approval desk. */
export interface DemoServers {
  /** Without a slash at the end. */
  readonly siteUrl: string;
  readonly mailboxUrl: string;
  readonly smtpUrl: string;
  /** The approval desk's. */
  readonly deskUrl: string;
  readonly mails: () => readonly { readonly to: string; readonly file?: string }[];
  close(): Promise<void>;
}

/** Starts all of them on free ports of this machine. @param webRoot what the web host serves; it may not exist yet */
export async function startServers(dir: string, webRoot: string): Promise<DemoServers> {
  const catcher = await startCatcher({ dir: join(dir, 'caught-mails') });
  const mails = () => catcher.messages;
  const site = await serveLoopback(folderHandler(webRoot));
  const mailbox = await serveLoopback(mailboxHandler(mails, new URL(site.url).origin));
  const desk = await serveApprovals(contextOf(dir), 0, undefined);
  return {
    siteUrl: site.url.replace(/\/$/, ''),
    mailboxUrl: mailbox.url,
    smtpUrl: catcher.url,
    deskUrl: desk.url,
    mails,
    close: async () => {
      await Promise.all([catcher.close(), site.close(), mailbox.close(), desk.close()]);
    },
  };
}

/** The demo's workspace as its approval desk sees it. */
const contextOf = (dir: string) =>
  createContext({
    cwd: dir,
    env: process.env,
    interactive: false,
    workspaceDir: dir,
    usage: 'sec demo',
    signal: new AbortController().signal,
  });
