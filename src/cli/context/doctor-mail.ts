import { judgeMailDomain } from '../../delivery/sender-domain/judge.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientTransport } from './delivery.ts';
import { attempt, type Point } from './doctor-finding.ts';
import { transportName } from './transport-name.ts';

/** SendGrid's own, once a domain is authenticated there (docs.sendgrid.com, "Domain authentication"). */
const SENDGRID_SELECTORS = ['s1', 's2'];

/** Who sends, what carries it, and what the DNS says of the sender's domain. */
export async function mailFindings(context: Context, client: Client): Promise<Point[]> {
  const { sender } = client.config;
  const file = `sites/${client.name}/site.yaml`;
  if (!sender) {
    const text = 'Nobody is named who sends the promotions.';
    return [{ check: 'sender', state: 'warning', text, fix: `To send any, add sender: to ${file}.` }];
  }
  const points: Point[] = [];
  if (sender.transport === undefined)
    points.push({
      check: 'transport',
      state: 'warning',
      text: 'Nothing is named that carries the promotions.',
      fix: `Add transport: below sender: in ${file}, or name one with --transport at each send.`,
    });
  else points.push(await transportPoint(context, client));
  const isOutbox = sender.transport?.startsWith('outbox:') ?? false;
  return isOutbox ? points : [...points, ...(await domainPoints(context, sender.email, sender.transport))];
}

const transportPoint = (context: Context, client: Client) =>
  attempt('transport', `Mail can leave through ${transportName(client, undefined)}.`, async () => {
    const transport = await openClientTransport(context, client, undefined);
    try {
      await transport.check();
    } finally {
      await transport.close();
    }
  });

async function domainPoints(
  context: Context,
  email: string,
  transport: string | undefined,
): Promise<Point[]> {
  const { lookUpAt } = await import('../../adapters/dns/records.ts');
  const domain = email.slice(email.lastIndexOf('@') + 1);
  const isSendGrid = transport?.startsWith('sendgrid:') ?? false;
  try {
    const records = await lookUpAt(context.env.SEC_DNS)(domain, isSendGrid ? SENDGRID_SELECTORS : []);
    return judgeMailDomain({ domain, records, isSendGrid });
  } catch {
    const text = `What the DNS says of ${domain} could not be looked up.`;
    return [{ check: 'dns', state: 'warning', text, fix: 'Run it again where there is a network.' }];
  }
}
