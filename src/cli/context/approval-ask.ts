import { basename } from 'node:path';
import type { Ways } from '../../approval/request/mail.ts';
import type { Kind, Tier } from '../../approval/statement/statement.ts';
import type { Digest } from '../../core/digest.ts';
import { fail } from '../../core/errors/index.ts';
import { type Work, warning } from '../../core/progress.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests } from './approval.ts';
import { writeBundle } from './approval-bundle.ts';
import { addressOf, mailFor, sendMail } from './approval-mail.ts';
import { putBundle } from './approval-preview-host.ts';
import { type AskedRequest, type PreparedRequest, recordRequests } from './approval-request.ts';
import type { Context } from './context.ts';
import { plainKeyWarning } from './plain-key.ts';

/** One approver who was asked. */
export interface Asked {
  readonly request: string;
  readonly approver: string;
  readonly expires: string;
  /** How the mail went; false where it is to be brought in another way. */
  readonly mailed: boolean;
  /** To be told to the approver another way than by mail. */
  readonly pin: string | null;
  /** The mail as it was written, where it was not sent. */
  readonly mail: { readonly subject: string; readonly text: string } | null;
  /** Absolute path of the preview bundle; null where there is an approval desk. */
  readonly bundle: string | null;
}

/** What `sec approval request --json` prints. */
export interface RequestReceipt {
  readonly client: string;
  readonly kind: Kind;
  readonly campaign: string | null;
  readonly subject: Digest;
  readonly tier: Tier;
  readonly requests: readonly Asked[];
  /** How the key that will sign the answer is kept, where that is not as it should be. */
  readonly warnings: readonly string[];
}

export interface AskOptions {
  /** Where approvers reach the approval desk; without one they answer by mail. */
  readonly desk?: string | undefined;
  readonly transport?: string | undefined;
  readonly noMail?: boolean;
  /** The approver's old address, where site.yaml has it no more. */
  readonly to?: string | undefined;
}

/**
 * Records the requests and asks: a mail for each approver with a link to the approval desk, or with a preview and
 * two prepared answers.
 *
 * @throws APPROVER_UNKNOWN, REQUEST_NOT_SENT, TRANSPORT_…
 */
export async function* ask(
  context: Context,
  client: Client,
  prepared: PreparedRequest,
  options: AskOptions,
): Work<RequestReceipt> {
  const made = await recordRequests(context, client, prepared);
  const plainKey = await plainKeyWarning(context, client);
  const warnings = plainKey === undefined ? [] : [plainKey];
  for (const text of warnings) yield warning(text);
  const requests: Asked[] = [];
  for (const one of made) requests.push(yield* askOne(context, client, one, prepared, options));
  const { kind, campaign, subject } = prepared.asked;
  const tier = made[0]?.request.tier ?? 'T1';
  return { client: client.name, kind, campaign, subject, tier, requests, warnings };
}

async function* askOne(
  context: Context,
  client: Client,
  { request, secrets }: AskedRequest,
  { asked }: PreparedRequest,
  { desk, transport, noMail = false, to }: AskOptions,
): Work<Asked> {
  const bundle =
    desk === undefined && request.kind !== 'policy'
      ? yield* writeBundle(context, client, request, secrets, asked.files)
      : undefined;
  const preview =
    bundle && (yield* putBundle(context, client, bundle, await openBundles(client, request.id)));
  if (bundle) (await openRequests(client)).keepShown(request.id, 'bundle', basename(bundle));
  const ways: Ways = {
    link: desk && `${desk.replace(/\/$/, '')}/r/${request.id}#${secrets.link}`,
    preview,
    codes: request.hashes.approve === null ? undefined : secrets,
  };
  const message = mailFor(context, client, request, ways);
  const isMailed = !noMail && (transport ?? client.config.sender?.transport) !== undefined;
  const address = await addressOf(client, request, to);
  const refused = isMailed ? yield* sendMail(context, client, message, address, transport) : undefined;
  if (refused) throw fail('REQUEST_NOT_SENT', { client: client.name, ...refused });
  const [subject = ''] = message.subject.statics;
  const [text = ''] = message.text.statics;
  return {
    request: request.id,
    approver: request.approver.name,
    expires: request.expires,
    mailed: isMailed,
    pin: request.hashes.pin === null ? null : secrets.pin,
    mail: isMailed ? null : { subject, text },
    bundle: bundle ?? null,
  };
}

/** Bundles of requests that wait for an answer, by the name of their folder below `bundlesDir`. */
async function openBundles(client: Client, except: string): Promise<Set<string>> {
  const requests = await openRequests(client);
  const names = requests
    .all()
    .filter(({ request, outcome }) => outcome === undefined && request.id !== except)
    .map(({ request }) => requests.shown(request.id, 'bundle'));
  return new Set(names.flatMap((name) => (name ? [Buffer.from(name).toString('utf8')] : [])));
}
