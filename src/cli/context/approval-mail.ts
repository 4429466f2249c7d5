import { requestMail, type Ways } from '../../approval/request/mail.ts';
import type { ApprovalRequest } from '../../approval/request/request.ts';
import type { Mailbox, Message } from '../../campaign/message.ts';
import { sha256 } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { step, type Work } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { openClientTransport } from './delivery.ts';

/** The mail that asks an approver. */
export function mailFor(context: Context, client: Client, request: ApprovalRequest, ways: Ways): Message {
  const { name, email } = context.workspace().config.operator;
  const office: Mailbox = { name, email };
  const from = client.config.sender ?? office;
  return requestMail({
    request,
    business: client.config.name,
    timezone: client.timezone,
    office,
    from: { name: from.name, email: from.email },
    ways,
  });
}

/**
 * The address that a request goes to: the approver's in site.yaml.
 *
 * @param given for an approver whom a change of the rules takes out of site.yaml: it must be the one they had
 * @throws APPROVER_UNKNOWN
 */
export async function addressOf(
  client: Client,
  { approver }: ApprovalRequest,
  given: string | undefined,
): Promise<string> {
  const { approverId } = await import('../../approval/rules/rules.ts');
  const candidates = [
    ...client.config.approvers.map(({ email }) => email),
    ...(given === undefined ? [] : [given]),
  ];
  const email = candidates.find(
    (one) => approverId(client.name, { name: approver.name, email: one }) === approver.id,
  );
  if (email !== undefined) return email;
  const known = client.config.approvers.map(({ name }) => name);
  throw fail('APPROVER_UNKNOWN', { client: client.name, approver: approver.name, known });
}

/** Why a mail to one person did not go, and through what it should have. */
export interface NotTaken {
  readonly transport: string;
  readonly problem: string;
}

/** Sends a mail to one person through what carries the client's mail. @throws TRANSPORT_… */
export async function* sendMail(
  context: Context,
  client: Client,
  message: Message,
  to: string,
  transport: string | undefined,
): Work<NotTaken | undefined> {
  const opened = await openClientTransport(context, client, transport);
  try {
    const { openMailroom } = await import('../../delivery/mailroom.ts');
    yield step(`Writing a mail through ${opened.name}`);
    await opened.check();
    const recipient = {
      id: sha256(`${message.campaign}\n${to}`).slice(0, 22),
      address: to,
      key: to,
      fields: {},
    };
    const mail = openMailroom(new Map([[message.language, message]]), context.clock).mailFor(recipient);
    const [outcome] = (await opened.send([mail])).outcomes;
    if (outcome?.kind === 'accepted') return undefined;
    const problem = outcome && 'reason' in outcome ? outcome.reason : 'the message could not be made';
    return { transport: opened.name, problem };
  } finally {
    await opened.close();
  }
}
