import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const sha1 = (bytes: Uint8Array | string) => createHash('sha1').update(bytes).digest('hex');

interface StoredDeploy {
  readonly id: string;
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
  readonly missing: Set<string>;
  state: 'preparing' | 'uploading' | 'processing' | 'ready' | 'error';
  /** Looks at it until it moves on. */
  looks: number;
  published_at: string | null;
  locked: boolean;
}

export type NetlifyFault = number | 'reset' | 'do-and-reset' | 'cut' | { status: number; retryAfter: number };

export interface NetlifyEndpoint {
  /** The base of the API, for NETLIFY_API_URL. */
  readonly api: string;
  readonly port: number;
  readonly site: string;
  readonly token: string;
  /** Method and path of each request so far, with what the ids hide. */
  readonly requests: readonly string[];
  /** Names of the paths that were uploaded so far. */
  readonly uploaded: readonly string[];
  /** What visitors get, by path; sec's own left out. */
  live(): Record<string, string>;
  /** Somebody else makes a deploy of all that is live with these changes, and makes it live. */
  deployByHand(changes: Readonly<Record<string, string | undefined>>): string;
  publishedId(): string | undefined;
  lockPublished(): void;
  isPublishedLocked(): boolean;
  /** Texts of the files that made way, as sec's records tell. */
  madeWay(): string[];
  /** Decides each request's fate from now on. */
  behave(fault: (n: number, request: string) => NetlifyFault | undefined): void;
  stop(): Promise<void>;
}

const CONCURRENT_UPLOADS = 5;

/**
 * A local stand-in for Netlify's deploy API by digest that keeps what the real one documents
 * (github.com/netlify/open-api, swagger.yml; docs.netlify.com, "Deploy with the API"): a token, digests of all
 * files, the list of those that are required, bytes that must fit their digest, drafts that are not live, states
 * that take their time, restore only of what is ready, five uploads at once.
 */
export async function startNetlify(
  site = 'kaldi-site-id',
  token = 'nfp_test-token',
): Promise<NetlifyEndpoint> {
  const blobs = new Map<string, Buffer>();
  const deploys: StoredDeploy[] = [];
  const requests: string[] = [];
  const uploaded: string[] = [];
  let metadata: Record<string, unknown> = { theirs: 'kept' };
  let published: StoredDeploy | undefined;
  let uploading = 0;
  let fate: (n: number, request: string) => NetlifyFault | undefined = () => undefined;
  /** As the last request named it: what is told of deploys leads back through the same proxy. */
  let base = '';

  const view = (deploy: StoredDeploy) => ({
    id: deploy.id,
    site_id: site,
    title: deploy.title,
    state: deploy.state,
    required: [...deploy.missing],
    published_at: deploy.published_at,
    locked: deploy.locked,
    deploy_ssl_url: `${base}/d/${deploy.id}`,
  });
  const add = (title: string, files: ReadonlyMap<string, string>): StoredDeploy => {
    const missing = new Set([...files.values()].filter((digest) => !blobs.has(digest)));
    const state = missing.size > 0 ? 'uploading' : 'processing';
    const id = `deploy-${deploys.length + 1}`;
    const deploy: StoredDeploy = {
      id,
      title,
      files,
      missing,
      state,
      looks: 0,
      published_at: null,
      locked: false,
    };
    deploys.unshift(deploy);
    return deploy;
  };
  const publish = (deploy: StoredDeploy) => {
    deploy.published_at = '2026-03-02T10:00:00Z';
    published = deploy;
  };
  const texts = (deploy: StoredDeploy | undefined) =>
    Object.fromEntries(
      [...(deploy?.files ?? [])].map(([path, digest]) => [
        path.slice(1),
        blobs.get(digest)?.toString() ?? '',
      ]),
    );

  function answer(request: IncomingMessage, url: URL, body: Buffer): { status: number; body?: unknown } {
    const at = (pattern: RegExp) => pattern.exec(url.pathname);
    const method = request.method ?? '';
    const file = at(/^\/d\/([^/]+)\/(.+)$/);
    if (method === 'GET' && file) {
      const found = deploys.find(({ id }) => id === file[1]);
      const digest = found?.files.get(`/${decodeURIComponent(file[2] ?? '')}`);
      return digest === undefined
        ? { status: 404, body: 'Not found' }
        : { status: 200, body: blobs.get(digest) };
    }
    if (request.headers.authorization !== `Bearer ${token}`)
      return { status: 401, body: { code: 401, message: 'Access Denied' } };
    const rest = /^\/api\/v1\/sites\/([^/]+)(\/.*)?$/.exec(url.pathname);
    if (rest) {
      if (rest[1] !== site) return { status: 404, body: { code: 404, message: 'Not Found' } };
      return ofSite(method, rest[2] ?? '', url, body);
    }
    const one = at(/^\/api\/v1\/deploys\/([^/]+)(\/.*)?$/);
    const deploy = deploys.find(({ id }) => id === one?.[1]);
    if (!deploy) return { status: 404, body: { code: 404, message: 'Not Found' } };
    return ofDeploy(method, deploy, one?.[2] ?? '', body);
  }

  function ofSite(method: string, rest: string, url: URL, body: Buffer): { status: number; body?: unknown } {
    if (method === 'GET' && rest === '')
      return { status: 200, body: { id: site, published_deploy: published ? view(published) : null } };
    if (rest === '/metadata' && method === 'GET') return { status: 200, body: metadata };
    if (rest === '/metadata' && method === 'PUT') {
      metadata = JSON.parse(body.toString());
      return { status: 204 };
    }
    if (rest === '/files' && method === 'GET') {
      const files = [...(published?.files ?? [])].map(([path, sha]) => ({ id: path, path, sha }));
      return { status: 200, body: files };
    }
    if (rest === '/deploys' && method === 'GET')
      return { status: 200, body: deploys.slice(0, 100).map(view) };
    if (rest === '/deploys' && method === 'POST') {
      const order = JSON.parse(body.toString()) as { files: Record<string, string>; draft?: boolean };
      const isWrong = ([path, digest]: [string, string]) =>
        !path.startsWith('/') || /[#?]/.test(path) || !/^[0-9a-f]{40}$/.test(digest);
      const wrong = Object.entries(order.files).find(isWrong);
      if (wrong) return { status: 422, body: { code: 422, message: `invalid file ${wrong[0]}` } };
      const deploy = add(url.searchParams.get('title') ?? '', new Map(Object.entries(order.files)));
      if (!order.draft) publish(deploy);
      return { status: 200, body: view(deploy) };
    }
    const restored = /^\/deploys\/([^/]+)\/restore$/.exec(rest);
    const deploy = deploys.find(({ id }) => id === restored?.[1]);
    if (method === 'POST' && deploy) {
      if (deploy.state !== 'ready')
        return { status: 422, body: { code: 422, message: 'Deploy is not ready' } };
      publish(deploy);
      return { status: 201, body: view(deploy) };
    }
    return { status: 404, body: { code: 404, message: 'Not Found' } };
  }

  function ofDeploy(
    method: string,
    deploy: StoredDeploy,
    rest: string,
    body: Buffer,
  ): { status: number; body?: unknown } {
    if (method === 'GET' && rest === '') {
      if (deploy.state === 'processing' && deploy.looks++ > 0) deploy.state = 'ready';
      return { status: 200, body: view(deploy) };
    }
    if (method === 'POST' && rest === '/lock') {
      deploy.locked = true;
      return { status: 200, body: view(deploy) };
    }
    const path = /^\/files(\/.+)$/.exec(rest)?.[1];
    if (method === 'PUT' && path !== undefined) {
      const name = decodeURIComponent(path);
      const digest = deploy.files.get(name);
      if (digest === undefined || digest !== sha1(body))
        return { status: 422, body: { code: 422, message: 'the file does not fit its digest' } };
      blobs.set(digest, body);
      uploaded.push(name.slice(1));
      deploy.missing.delete(digest);
      if (deploy.missing.size === 0 && deploy.state === 'uploading') deploy.state = 'processing';
      return { status: 200, body: { path: name, sha: digest } };
    }
    return { status: 404, body: { code: 404, message: 'Not Found' } };
  }

  const reply = (response: ServerResponse, { status, body }: { status: number; body?: unknown }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body));
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isUpload = request.method === 'PUT' && url.pathname.includes('/files/');
    if (isUpload) uploading += 1;
    try {
      const body = await read(request);
      base = `http://${request.headers.host}`;
      const name = `${request.method} ${url.pathname.replace('/api/v1', '')}`;
      requests.push(name);
      const fault = fate(requests.length, name);
      if (fault === 'reset') return void request.socket.resetAndDestroy();
      if (typeof fault === 'number') return reply(response, { status: fault, body: { code: fault } });
      if (typeof fault === 'object') {
        response.setHeader('retry-after', String(fault.retryAfter));
        return reply(response, { status: fault.status });
      }
      if (isUpload && uploading > CONCURRENT_UPLOADS) return reply(response, { status: 429 });
      const result = answer(request, url, body);
      if (fault === 'do-and-reset') return void request.socket.resetAndDestroy();
      if (fault === 'cut') {
        response.writeHead(result.status, { 'content-type': 'application/json', 'content-length': '100000' });
        response.write(JSON.stringify(result.body ?? {}).slice(0, 20));
        return void setTimeout(() => request.socket.destroy(), 5);
      }
      reply(response, result);
    } catch {
      request.socket.destroy();
    } finally {
      if (isUpload) uploading -= 1;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  base = `http://127.0.0.1:${address.port}`;

  return {
    api: `${base}/api/v1`,
    port: address.port,
    site,
    token,
    requests,
    uploaded,
    live: () =>
      Object.fromEntries(Object.entries(texts(published)).filter(([path]) => !path.startsWith('.sec/'))),
    deployByHand(changes) {
      const files = new Map([...(published?.files ?? [])].filter(([path]) => !path.startsWith('/.sec/')));
      for (const [path, text] of Object.entries(changes)) {
        if (text === undefined) files.delete(`/${path}`);
        else {
          blobs.set(sha1(text), Buffer.from(text));
          files.set(`/${path}`, sha1(text));
        }
      }
      const deploy = add('By hand', files);
      deploy.state = 'ready';
      publish(deploy);
      return deploy.id;
    },
    publishedId: () => published?.id,
    lockPublished() {
      if (published) published.locked = true;
    },
    isPublishedLocked: () => published?.locked === true,
    madeWay() {
      const records = deploys
        .filter((deploy) => deploy.published_at)
        .flatMap((deploy) =>
          Object.entries(texts(deploy)).flatMap(([path, text]) =>
            path.endsWith('/record.json') ? [text] : [],
          ),
        );
      const kept = records.flatMap((text) => (JSON.parse(text) as { madeWay: { keptAt: string }[] }).madeWay);
      return kept.map(({ keptAt }) => {
        const [, id = '', path = ''] = /^deploy (\S+), (.*)$/.exec(keptAt) ?? [];
        return texts(deploys.find((deploy) => deploy.id === id))[path] ?? 'lost';
      });
    },
    behave(next) {
      fate = next;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
