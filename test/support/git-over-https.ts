import { spawn } from 'node:child_process';
import { createServer } from 'node:https';

export interface GitServer {
  readonly port: number;
  /** The Authorization header of each request, in their order. */
  readonly authorizations: readonly (string | undefined)[];
  stop(): Promise<void>;
}

/**
 * Serves the repositories below `root` as git hosts do over https: git's own http-backend(1) behind a login.
 *
 * @param moved a path that is answered with a redirect to another server
 */
export async function startGitServer(
  root: string,
  { cert, key }: { readonly cert: string; readonly key: string },
  login: { readonly user: string; readonly password: string },
  moved?: { readonly path: string; readonly to: string },
): Promise<GitServer> {
  const authorizations: (string | undefined)[] = [];
  const wanted = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const server = createServer({ cert, key }, (request, response) => {
    authorizations.push(request.headers.authorization);
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    if (moved && url.pathname.startsWith(moved.path))
      return void response.writeHead(302, { location: moved.to + url.pathname + url.search }).end();
    if (request.headers.authorization !== wanted)
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    const backend = spawn('git', ['-c', 'http.receivepack=true', 'http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        REMOTE_USER: login.user,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin.on('error', () => undefined));
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const headers = all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': '));
      const status = headers.find(([name]) => name === 'Status')?.[1];
      for (const [name = '', value = ''] of headers) if (name !== 'Status') response.setHeader(name, value);
      response.writeHead(Number.parseInt(status ?? '200', 10)).end(all.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    authorizations,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
