import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';

/** What the approver of the tour saw, and what her browser shows at the end. */
export interface Approved {
  readonly name: string;
  readonly link: string;
  /** The page's heading before the answer, and after it. */
  readonly asked: string;
  readonly answered: string;
}

interface KeptMail {
  readonly file?: string;
}

/**
 * Does what an approver's browser does: opens the link of the newest mail, shows the desk its secret, reads what
 * is to be approved, types the name as a signature and presses Approve.
 *
 * @throws where the mail, the page or the receipt is not as it should be
 */
export async function approveAsClient(mails: readonly KeptMail[]): Promise<Approved> {
  const { text = '', name } = await newestRequest(mails);
  const link = /http:\/\/localhost:\d+\/r\/[0-9a-f]{16}#\S+/.exec(text)?.[0] ?? '';
  const { origin, pathname, hash } = new URL(link);
  const page = origin + pathname;
  const opened = await post(origin, `${page}/open`, { secret: hash.slice(1) });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const shown = await (await fetch(page, { headers: { cookie } })).text();
  const token = /name="token" value="([^"]+)"/.exec(shown)?.[1] ?? '';
  const decision = await post(origin, `${page}/decide`, { token, wish: 'approve', name }, cookie);
  if (decision.status !== 303) throw new Error(`The approval desk answers ${decision.status}.`);
  const receipt = await (await fetch(page, { headers: { cookie } })).text();
  return { name, link: page, asked: headingOf(shown), answered: headingOf(receipt) };
}

async function newestRequest(mails: readonly KeptMail[]) {
  const mail = await PostalMime.parse(await readFile(mails.at(-1)?.file ?? ''));
  const name = /^(?:Hello|Labdien,) ([^,!]+)[,!]/m.exec(mail.text ?? '')?.[1] ?? '';
  return { text: mail.text, name };
}

/** A form of the desk's own page. */
const post = (origin: string, url: string, fields: Record<string, string>, cookie = '') =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { origin, cookie },
  });

const headingOf = (html: string) =>
  (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '').replace(/&#(\d+);/g, (_, code) =>
    String.fromCharCode(Number(code)),
  );
