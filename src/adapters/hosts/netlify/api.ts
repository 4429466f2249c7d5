import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type Answer, type Patience, send } from '../shared/http.ts';
import { HostTrouble } from '../shared/trouble.ts';
import { isSafe, type NetlifyAddress } from './address.ts';

/** SHA-1 of a file's bytes, by which the API knows files again. */
export type Sha1 = string;

const deploySchema = z.object({
  id: z.string().min(1),
  state: z.string(),
  title: z.string().nullish(),
  required: z.array(z.string()).nullish(),
  deploy_ssl_url: z.string().nullish(),
  error_message: z.string().nullish(),
  published_at: z.string().nullish(),
  locked: z.boolean().nullish(),
});
const siteSchema = z.object({ published_deploy: deploySchema.nullish() });
const fileSchema = z.object({ path: z.string(), sha: z.string() });
const metadataSchema = z.record(z.string(), z.unknown());

/** A deploy: a whole site under an id of its own, live or not. Its files never change. */
export type Deploy = z.output<typeof deploySchema>;

/**
 * The part of the API that publishing needs, after its published description
 * (github.com/netlify/open-api, swagger.yml; docs.netlify.com, "Deploy with the API", file digest method).
 */
export interface NetlifyApi {
  /** The deploy that visitors get; undefined before the first one. */
  published(): Promise<Deploy | undefined>;
  /** Newest first, a hundred at most. */
  deploys(): Promise<readonly Deploy[]>;
  /** Files of the published deploy, by path without the slash in front. */
  files(): Promise<ReadonlyMap<string, Sha1>>;
  /** Makes a deploy that is not live. It names the files that are wanted: those that were never uploaded. */
  create(title: string, files: Readonly<Record<string, Sha1>>): Promise<Deploy>;
  upload(deploy: string, path: string, bytes: Buffer): Promise<void>;
  /** Waits until a deploy can go live. */
  ready(deploy: string): Promise<void>;
  /** Makes a deploy live. */
  restore(deploy: string): Promise<void>;
  /** Keeps the deploy live whatever is built later. */
  lock(deploy: string): Promise<void>;
  metadata(): Promise<Readonly<Record<string, unknown>>>;
  setMetadata(metadata: Readonly<Record<string, unknown>>): Promise<void>;
  /** A file of a deploy as visitors get it who know the deploy's own address; undefined where there is none. */
  read(deploy: Deploy, path: string): Promise<Buffer | undefined>;
}

export interface ApiOptions {
  readonly address: NetlifyAddress;
  readonly token: string;
  readonly patience: Patience;
  /** Milliseconds between two looks at a deploy that is being made. */
  readonly poll: number;
}

/** Above so many files a deploy is prepared while nobody waits for the answer (as the official client does). */
const ASYNC_ABOVE = 5000;
/** Looks at a deploy that does not move on, before it counts as stuck. */
const LOOKS = 600;
const PER_PAGE = 100;

export function netlifyApi({ address, token, patience, poll }: ApiOptions): NetlifyApi {
  const site = `/sites/${encodeURIComponent(address.site)}`;

  async function ask(method: string, path: string, body?: Buffer | object): Promise<Answer> {
    const isBytes = Buffer.isBuffer(body);
    const bytes = isBytes ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${token}`,
      'user-agent': 'sec',
      ...(body === undefined
        ? {}
        : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
    };
    const content = body === undefined ? {} : { body: new Uint8Array(bytes) };
    const make = async () => new Request(address.api + path, { method, headers, ...content });
    return expectOk(await send(make, bytes.length, patience));
  }

  async function read<Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    body?: object,
  ): Promise<z.output<Schema>> {
    const answer = await ask(method, path, body);
    const result = schema.safeParse(parse(answer.body));
    if (!result.success) throw new HostTrouble('other', 'its answer is not of the kind that it documents');
    return result.data;
  }

  const until = async (deploy: string, isDone: (now: Deploy) => boolean): Promise<Deploy> => {
    for (let look = 0; look < LOOKS; look++) {
      const now = await read(deploySchema, 'GET', `/deploys/${encodeURIComponent(deploy)}`);
      if (now.state === 'error')
        throw new HostTrouble(
          'other',
          `it could not make the deploy (${(now.error_message ?? '').slice(0, 120)})`,
        );
      if (isDone(now)) return now;
      await wait(poll);
    }
    throw new HostTrouble('silent', 'the deploy does not come to its end');
  };

  return {
    published: async () => (await read(siteSchema, 'GET', site)).published_deploy ?? undefined,
    deploys: () => read(z.array(deploySchema), 'GET', `${site}/deploys?per_page=${PER_PAGE}`),
    async files() {
      const files = await read(z.array(fileSchema), 'GET', `${site}/files`);
      return new Map(files.map(({ path, sha }) => [path.replace(/^\//, ''), sha]));
    },
    async create(title, files) {
      const named = Object.fromEntries(Object.entries(files).map(([path, sha]) => [`/${path}`, sha]));
      const isAsync = Object.keys(files).length > ASYNC_ABOVE;
      const order = { files: named, draft: true, async: isAsync };
      const made = await read(
        deploySchema,
        'POST',
        `${site}/deploys?title=${encodeURIComponent(title)}`,
        order,
      );
      return isAsync ? until(made.id, ({ state, required }) => state !== 'preparing' && !!required) : made;
    },
    async upload(deploy, path, bytes) {
      const name = path.split('/').map(encodeURIComponent).join('/');
      await ask('PUT', `/deploys/${encodeURIComponent(deploy)}/files/${name}`, bytes);
    },
    ready: async (deploy) => void (await until(deploy, ({ state }) => state === 'ready')),
    restore: async (deploy) =>
      void (await ask('POST', `${site}/deploys/${encodeURIComponent(deploy)}/restore`)),
    lock: async (deploy) => void (await ask('POST', `/deploys/${encodeURIComponent(deploy)}/lock`)),
    metadata: () => read(metadataSchema, 'GET', `${site}/metadata`),
    setMetadata: async (metadata) => void (await ask('PUT', `${site}/metadata`, metadata)),
    async read(deploy, path) {
      const base = URL.parse(deploy.deploy_ssl_url ?? '');
      if (!base || !isSafe(base)) throw new HostTrouble('other', 'it does not say where the deploy is');
      const url = `${base.href.replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
      const answer = await send(async () => new Request(url), 0, patience);
      return answer.status === 404 ? undefined : expectOk(answer).body;
    },
  };
}

/** @throws HostTrouble for anything but success */
function expectOk(answer: Answer): Answer {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return answer;
  if (status === 401 || status === 403)
    throw new HostTrouble('closed', 'it does not accept the access token');
  if (status === 404) throw new HostTrouble('other', 'there is no such site, or it is not shown to you');
  const { message } = (parse(body) ?? {}) as { message?: unknown };
  const said = typeof message === 'string' ? `: ${message.replaceAll(/\p{Cc}/gu, ' ').slice(0, 120)}` : '';
  throw new HostTrouble('other', `it answered with something unexpected (status ${status}${said})`);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
