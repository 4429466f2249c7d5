import { createServer } from 'node:http';

export interface ListedEntry {
  readonly created: number;
  readonly email: string;
  readonly reason?: string;
  readonly status?: string;
}

/** The most that the real API gives at once. */
const MOST = 500;

/**
 * A local stand-in for SendGrid's suppression lists: asks for a key, pages by `limit` and `offset`, and knows
 * `start_time` (https://www.twilio.com/docs/sendgrid/api-reference/bounces-api/retrieve-all-bounces).
 */
export async function startSuppressionLists(lists: Readonly<Record<string, readonly ListedEntry[]>>) {
  const asked: string[] = [];
  const trouble = new Map<string, number>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname.replace('/v3/suppression/', '');
    asked.push(`${name}?${searchParams}`);
    const number = (key: string, usual: number) => Number(searchParams.get(key) ?? usual);
    const limit = number('limit', MOST);
    const isKnown = request.headers.authorization === 'Bearer SG.test-secret';
    const status = isKnown ? (trouble.get(name) ?? (lists[name] && limit <= MOST ? 200 : 404)) : 401;
    response.writeHead(status, { 'content-type': 'application/json' });
    if (status !== 200)
      return void response.end(JSON.stringify({ errors: [{ message: 'access forbidden' }] }));
    const since = (lists[name] ?? []).filter(({ created }) => created >= number('start_time', 0));
    const offset = number('offset', 0);
    response.end(JSON.stringify(since.slice(offset, offset + limit)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    asked,
    trouble,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
