import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { standingOf } from '../../approval/request/outcome.ts';
import { type ApprovalRequest, seconds } from '../../approval/request/request.ts';
import { PIN_TRIES } from '../../approval/request/secrets.ts';
import type { KeptRequest, RequestStore } from '../../approval/request/store.ts';
import { statementDigest } from '../../approval/statement/statement.ts';
import { isSecError } from '../../core/errors/index.ts';
import type { StoredRelease } from '../../publish/index.ts';
import type { DeskCase, DeskOffice, Side } from '../../web/desk/office.ts';
import type { DeskServerOptions } from '../../web/desk/server.ts';
import type { Served } from '../../web/loopback.ts';
import type { Client } from '../../workspace/index.ts';
import { openRequests, openStatements } from './approval.ts';
import { type ApprovalReceipt, draftStatement, receiptFor, settleAnswer } from './approval-answer.ts';
import { keepPending } from './approval-passkeys.ts';
import type { Context } from './context.ts';
import { openReleases } from './releases.ts';
import { unlockKeys } from './unlock-keys.ts';

/** Told of each answer once, so that the office need not look for it. */
type Tell = (receipt: ApprovalReceipt) => void;

export interface DeskOptions {
  readonly limits?: DeskServerOptions['limits'];
  readonly tell?: Tell;
  /** Told what keeps a client's approvals from being signed here. */
  readonly warn?: (text: string) => void;
}

/**
 * Serves the approval desk until it is closed.
 *
 * @param address where approvers reach it; this machine alone where absent
 * @throws PORT_TAKEN, APPROVAL_KEY_LOCKED
 */
export async function serveApprovals(
  context: Context,
  port: number,
  address: string | undefined,
  { limits, tell = () => {}, warn = () => {} }: DeskOptions = {},
): Promise<Served> {
  const [{ serveDesk }, { deskHandler }] = await Promise.all([
    import('../../web/desk/server.ts'),
    import('../../web/desk/handler.ts'),
  ]);
  const origin = (bound: number) =>
    address === undefined ? `http://localhost:${bound}` : new URL(address).origin;
  const now = () => context.clock.now().epochMilliseconds;
  const unlocked = await unlockKeys(context, warn);
  return serveDesk(
    (base) => deskHandler({ office: openOffice(unlocked, tell), origin: base, now, passkeyScript }),
    {
      origin,
      port,
      ...(limits ? { limits } : {}),
    },
  );
}

/** The requests of all clients. Each is read anew, so that one client's broken file stops only itself. */
function openOffice(context: Context, tell: Tell): DeskOffice {
  return {
    async find(id) {
      const workspace = context.workspace();
      for (const name of workspace.clientNames()) {
        try {
          const client = workspace.client(name);
          const requests = await openRequests(client);
          const kept = requests.find(id);
          if (kept) return await openCase(context, client, requests, kept, tell);
        } catch (error) {
          if (!isSecError(error)) throw error;
        }
      }
      return undefined;
    },
  };
}

async function openCase(
  context: Context,
  client: Client,
  requests: RequestStore,
  { request, outcome }: KeptRequest,
  tell: Tell,
): Promise<DeskCase> {
  const statements = await openStatements(context, client);
  const sides = new Map<Side, StoredRelease>();
  if (request.kind === 'site') {
    const store = await openReleases(client);
    const [next, live] = [await kept(store.find(request.subject)), await liveOf(store, request)];
    if (next) sides.set('new', next);
    if (live) sides.set('live', live);
  }
  return {
    request,
    outcome,
    standing: standingOf(request, outcome, context.clock.now()),
    business: client.config.name,
    office: context.workspace().config.operator.name,
    timezone: client.timezone,
    liveUrl: client.config.url,
    passkeys: (statements.trust()?.passkeys ?? []).filter(({ approver }) => approver === request.approver.id),
    hasLive: sides.has('live'),
    file: (side, path) => readShared(sides.get(side), path),
    shown: (name) => requests.shown(request.id, name),
    draft: (tier) => draftStatement(context, client, request, tier),
    async answer(answer) {
      const isFirst = requests.find(request.id)?.outcome === undefined;
      const receipt = await settleAnswer(context, client, request, answer);
      if (isFirst) tell(receipt);
      return receipt;
    },
    async receipt() {
      if (!outcome || outcome.kind === 'withdrawn') return undefined;
      return receiptFor(context, client, request, outcome);
    },
    wrongPin() {
      if (requests.countTry(request.id) < PIN_TRIES) return true;
      const why = 'the PIN was wrong too often';
      requests.close(request.id, { kind: 'withdrawn', at: seconds(context.clock.now()), why });
      return false;
    },
    async isPasskeyGood(assertion, passkey, statement) {
      const { isPasskeyGood } = await import('../../adapters/approvals/passkey.ts');
      return isPasskeyGood(assertion, passkey, statementDigest(statement));
    },
    async offerPasskey(response, challenge, { id, origin }) {
      const { readNewPasskey } = await import('../../adapters/approvals/new-passkey.ts');
      const made = await readNewPasskey(response, { challenge, rp: id, origin });
      if (!made) return undefined;
      const { approver } = request;
      const since = seconds(context.clock.now());
      return keepPending(client, { ...made, approver: approver.id, name: approver.name, since });
    },
  };
}

/** A file as it is shown: without links that lead out of the preview. */
async function readShared(stored: StoredRelease | undefined, path: string): Promise<Uint8Array | undefined> {
  if (!stored?.release.files.has(path)) return undefined;
  const { isShared, sharedText } = await import('../../site/share/shared-file.ts');
  const has = (file: string) => stored.release.files.has(file) && isShared(file);
  if (!isShared(path)) return undefined;
  const location = stored.content.locate(path);
  const text = sharedText(path, () => readFileSync(location, 'utf8'), has);
  return text === undefined ? readFileSync(location) : Buffer.from(text);
}

const liveOf = (store: Awaited<ReturnType<typeof openReleases>>, { base }: ApprovalRequest) =>
  base === null ? undefined : kept(store.find(base));

/** A release that is kept here; undefined where it is not, or was damaged. */
async function kept(found: Promise<StoredRelease>): Promise<StoredRelease | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isSecError(error)) return undefined;
    throw error;
  }
}

/** The browser's side of a passkey, as the library ships it. */
function passkeyScript(): string {
  const main = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
  return readFileSync(join(dirname(main), '..', 'dist', 'bundle', 'index.umd.min.js'), 'utf8');
}
