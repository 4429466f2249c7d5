import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { errors, openBatches } from './sendgrid-batches.ts';

interface Personalization {
  readonly to: readonly { readonly email: string }[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly substitutions?: Readonly<Record<string, string>>;
  readonly custom_args?: Readonly<Record<string, string>>;
}

export interface MailSend {
  readonly from: { readonly email: string; readonly name?: string };
  readonly subject: string;
  readonly content: readonly { readonly type: string; readonly value: string }[];
  readonly personalizations: readonly Personalization[];
  readonly batch_id?: string;
  readonly send_at?: number;
  readonly mail_settings?: { readonly sandbox_mode?: { readonly enable?: unknown } };
}

/** What the endpoint does with a request that is within the limits; a number is a status. */
export type Behaviour =
  | number
  | 'reset'
  | 'take-and-reset'
  /** Takes the mail, and answers 500. */
  | 'take-and-fail'
  | { status: number; headers?: Record<string, string>; body?: unknown };

export interface Endpoint {
  readonly url: string;
  readonly requests: readonly MailSend[];
  /** Those that were only checked (sandbox mode). */
  readonly checked: readonly MailSend[];
  readonly taken: ReadonlyMap<string, number>;
  /** Whose mails were in a batch that was cancelled in time. */
  readonly stopped: ReadonlySet<string>;
  /** Answers asked of the batches with this status instead, until it is undefined. */
  batchTrouble: number | undefined;
  readonly connections: number;
  stop(): Promise<void>;
}

const MB = 1_000_000;

/**
 * A local stand-in for SendGrid's Mail Send that refuses what the real one documents to refuse: more than 1,000
 * personalizations, 30 MB, 10,000 bytes of substitutions or custom arguments, an address that is none, a missing
 * key, an empty content. In sandbox mode it checks the same and takes nothing (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/limitations).
 */
export async function startEndpoint(
  behave: (n: number, mail: MailSend) => Behaviour = () => 202,
): Promise<Endpoint> {
  const requests: MailSend[] = [];
  const checked: MailSend[] = [];
  const batches = openBatches();
  let batchTrouble: number | undefined;
  const taken = new Map<string, number>();
  let count = 0;
  const take = (mail: MailSend) => {
    requests.push(mail);
    for (const email of mail.personalizations.flatMap(({ to }) => to.map((mailbox) => mailbox.email)))
      taken.set(email, (taken.get(email) ?? 0) + 1);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const answer = (status: number, headers: Record<string, string>, body?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined ? '' : JSON.stringify(body));
    };
    if (request.headers.authorization !== 'Bearer SG.test-secret') return answer(401, {}, errors('bad key'));
    if (request.url === '/v3/mail/batch' || request.url?.startsWith('/v3/user/scheduled_sends')) {
      const said = await read(request);
      if (batchTrouble !== undefined) return answer(batchTrouble, {}, errors('no'));
      const { status, body } = batches.answer(request.method ?? '', request.url, said, requests);
      return answer(status, {}, body);
    }
    if (request.url !== '/v3/mail/send' || request.method !== 'POST') return answer(404, {});
    const body = await read(request);
    const mail = JSON.parse(body) as MailSend;
    const broken = limits(body, mail) ?? batches.refusal(mail);
    if (broken) return answer(broken.status, {}, broken.body);
    const isSandbox = mail.mail_settings?.sandbox_mode?.enable === true;
    const behaviour = behave(count++, mail);
    if (isSandbox && behaviour === 202) {
      checked.push(mail);
      return answer(200, {});
    }
    if (behaviour === 'take-and-reset' || behaviour === 'take-and-fail') take(mail);
    if (behaviour === 'take-and-fail') return answer(500, {}, errors('internal error'));
    if (behaviour === 'reset' || behaviour === 'take-and-reset') return void request.socket.resetAndDestroy();
    const {
      status,
      headers,
      body: reply,
    } = typeof behaviour === 'number' ? { status: behaviour, headers: {}, body: undefined } : behaviour;
    if (status === 202) take(mail);
    answer(status, { 'x-message-id': `id-${count}`, ...headers }, reply);
  };
  // A request that breaks off is nobody's mistake here.
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    checked,
    taken,
    stopped: batches.stopped,
    get batchTrouble() {
      return batchTrouble;
    },
    set batchTrouble(status) {
      batchTrouble = status;
    },
    get connections() {
      return connections;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function limits(body: string, mail: MailSend): { status: number; body: unknown } | undefined {
  if (Buffer.byteLength(body) >= 30 * MB) return { status: 413, body: errors('too large') };
  if (mail.personalizations.length > 1000)
    return { status: 400, body: errors('too many personalizations', 'personalizations') };
  const { sandbox_mode: sandbox } = mail.mail_settings ?? {};
  if (sandbox && typeof sandbox.enable !== 'boolean')
    return {
      status: 400,
      body: errors('The sandbox mode enable param should be a boolean value.', 'mail_settings'),
    };
  if (mail.content.some(({ value }) => value === ''))
    return { status: 400, body: errors('empty', 'content') };
  for (const [n, person] of mail.personalizations.entries()) {
    const size = (value: unknown) => Buffer.byteLength(JSON.stringify(value ?? {}));
    if (size(person.substitutions) > 10_000 || size(person.custom_args) > 10_000)
      return { status: 400, body: errors('too long', `personalizations.${n}.substitutions`) };
    const email = person.to[0]?.email ?? '';
    if (person.to.length !== 1 || !/^[^\s@]+@[^\s@]+\.[a-z]+$/.test(email) || email.startsWith('refused'))
      return {
        status: 400,
        body: errors('Does not contain a valid address.', `personalizations.${n}.to.0.email`),
      };
  }
  return undefined;
}

/** What the one recipient of a personalization would read. */
export function render(mail: MailSend, { to, headers = {}, substitutions = {} }: Personalization) {
  const replaced = (text: string) =>
    Object.entries(substitutions).reduce((out, [tag, value]) => out.replaceAll(tag, () => value), text);
  const part = (type: string) => replaced(mail.content.find((content) => content.type === type)?.value ?? '');
  return {
    to: to.map(({ email }) => email).join(', '),
    from: mail.from.email,
    subject: replaced(mail.subject),
    text: part('text/plain').replaceAll('\r\n', '\n').trimEnd(),
    html: part('text/html').replaceAll('\r\n', '\n').trimEnd(),
    unsubscribe: headers['List-Unsubscribe'] ?? '',
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
