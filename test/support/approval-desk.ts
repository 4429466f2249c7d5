import { onTestFinished } from 'vitest';
import { type DeskOptions, serveApprovals } from '../../src/cli/context/approval-desk.ts';
import type { Office } from './approval.ts';
import { contextIn } from './context.ts';

export interface Desk {
  /** Without a slash at the end. */
  readonly origin: string;
  /** Asks, and gives the link of the mail at this desk. */
  ask(...words: string[]): Promise<Link>;
}

export interface Link {
  readonly id: string;
  readonly secret: string;
  readonly url: string;
  readonly pin: string | null;
}

/** A real approval desk on this machine for the length of a test. */
export async function openDesk(
  office: Pick<Office, 'cwd' | 'keys' | 'run'>,
  options: DeskOptions = {},
): Promise<Desk> {
  const context = contextIn(office.cwd, { ...process.env, SEC_KEYS: office.keys });
  const served = await serveApprovals(context, 0, undefined, options);
  onTestFinished(() => served.close());
  const origin = served.url.replace(/\/$/, '');
  return {
    origin,
    async ask(...words) {
      const ran = await office.run(
        'approval',
        'request',
        'kaldi',
        ...words,
        '--desk',
        origin,
        '--yes',
        '--no-mail',
        '--json',
      );
      if (ran.code !== 0) throw new Error(ran.stdout);
      const { requests } = ran.json<{ requests: { mail: { text: string }; pin: string | null }[] }>();
      const [asked] = requests;
      const [url = '', id = '', secret = ''] =
        /http:\S+\/r\/([0-9a-f]{16})#(\S+)/.exec(asked?.mail.text ?? '') ?? [];
      return { id, secret, url, pin: asked?.pin ?? null };
    },
  };
}

/** An approver's browser without a screen: opens a link, keeps its cookie, sends forms. */
export class Visitor {
  readonly desk: Desk;
  readonly link: Link;
  cookie = '';
  token = '';
  constructor(desk: Desk, link: Link) {
    this.desk = desk;
    this.link = link;
  }

  async open(secret = this.link.secret): Promise<Response> {
    const response = await this.post('open', { secret });
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    this.token = /name="token" value="([^"]+)"/.exec(await (await this.get()).text())?.[1] ?? '';
    return response;
  }

  get(path = `/r/${this.link.id}`, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.desk.origin + path, {
      redirect: 'manual',
      headers: { cookie: this.cookie, ...headers },
    });
  }

  post(
    what: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.desk.origin}/r/${this.link.id}/${what}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
      headers: { cookie: this.cookie, origin: this.desk.origin, ...headers },
    });
  }

  approve(fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Response> {
    return this.post('decide', { token: this.token, wish: 'approve', name: 'Anna Berg', ...fields }, headers);
  }
}
