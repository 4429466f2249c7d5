import { sha256 } from '../../../core/digest.ts';
import { type Answer, type Patience, send } from '../shared/http.ts';
import { HostTrouble } from '../shared/trouble.ts';
import type { S3Address } from './address.ts';
import { type Listed, readErrorCode, readListing } from './xml.ts';

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What must be true of an object for a write to happen: it is at this ETag, or (`new`) not there at all. */
export type Condition = { readonly etag: string } | 'new' | undefined;

/** The objects of one site, by their path below its prefix. */
export interface ObjectStore {
  /** Undefined where there is none; anything else that is not the object throws. */
  get(path: string): Promise<{ readonly bytes: Buffer; readonly etag: string } | undefined>;
  /** What it is without its bytes; undefined where there is none. */
  head(path: string): Promise<ObjectFacts | undefined>;
  /** Writes an object whose bytes the other side checks. Returns its ETag; undefined where the condition fails. */
  put(
    path: string,
    bytes: Buffer,
    headers: Readonly<Record<string, string>>,
    on?: Condition,
  ): Promise<string | undefined>;
  copy(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** All objects, in pages of as many as the other side likes. */
  list(): AsyncGenerator<Listed>;
}

export interface ObjectFacts {
  readonly etag: string;
  /** SHA-256 of its bytes as sec noted it; absent where somebody else put it there. */
  readonly sha256?: string | undefined;
  readonly headers: Headers;
}

export interface StoreOptions {
  readonly address: S3Address;
  readonly keys: S3Keys;
  readonly patience: Patience;
  /** Objects on one page of a listing. */
  readonly pageSize?: number | undefined;
}

/** Our own note of what an object holds: an ETag is no hash of the bytes where they were encrypted or sent in parts. */
const NOTE = 'x-amz-meta-sha256';

export async function objectStore({ address, keys, patience, pageSize }: StoreOptions): Promise<ObjectStore> {
  const { AwsClient } = await import('aws4fetch');
  const aws = new AwsClient({ ...definedOnly(keys), service: 's3', region: address.region, retries: 0 });

  const request = (
    method: string,
    url: string,
    headers: Readonly<Record<string, string>> = {},
    bytes: Buffer = Buffer.alloc(0),
  ): Promise<Answer> => {
    const body = bytes.length > 0 ? { body: new Uint8Array(bytes) } : {};
    const signed = { ...headers, 'x-amz-content-sha256': sha256(bytes) };
    return send(() => aws.sign(url, { method, headers: signed, ...body }), bytes.length, patience);
  };
  const at = (path: string) => address.base + encodePath(address.prefix + path);

  async function head(path: string): Promise<ObjectFacts | undefined> {
    const answer = await request('HEAD', at(path));
    if (answer.status === 404) return undefined;
    const { headers } = expectOk(answer);
    return { etag: etagOf(answer), sha256: headers.get(NOTE) ?? undefined, headers };
  }

  /** A write that was refused may have been our own, whose answer got lost. */
  async function isOurs(path: string, bytes: Buffer): Promise<string | undefined> {
    const there = await head(path);
    return there?.sha256 === sha256(bytes) ? there.etag : undefined;
  }

  return {
    async get(path) {
      const answer = await request('GET', at(path));
      if (answer.status === 404 && readErrorCode(answer.body.toString()) === 'NoSuchKey') return undefined;
      return { bytes: expectOk(answer).body, etag: etagOf(answer) };
    },
    head,
    async put(path, bytes, headers, on) {
      const answer = await request(
        'PUT',
        at(path),
        { ...headers, ...conditionHeaders(on), [NOTE]: sha256(bytes) },
        bytes,
      );
      if (answer.status === 412 || answer.status === 409 || (answer.status === 404 && on !== undefined))
        return answer.isRepeated ? isOurs(path, bytes) : undefined;
      return etagOf(expectOk(answer));
    },
    async copy(from, to) {
      const source = `/${address.bucket}/${encodePath(address.prefix + from)}`;
      const answer = expectOk(await request('PUT', at(to), { 'x-amz-copy-source': source }));
      // A copy can fail after its status was sent (API reference, CopyObject).
      if (readErrorCode(answer.body.toString()) !== '') throw new HostTrouble('other', 'a copy was not made');
    },
    async remove(path) {
      const answer = await request('DELETE', at(path));
      if (answer.status !== 404) expectOk(answer);
    },
    async *list() {
      for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
        const query = new URLSearchParams({
          'list-type': '2',
          'encoding-type': 'url',
          prefix: address.prefix,
        });
        if (next !== undefined) query.set('continuation-token', next);
        if (pageSize !== undefined) query.set('max-keys', String(pageSize));
        const answer = expectOk(
          await request('GET', `${address.base}?${query.toString().replaceAll('+', '%20')}`),
        );
        const page = readListing(answer.body.toString());
        if (!page) throw new HostTrouble('other', 'the list of its files is not whole');
        for (const { key, etag: tag } of page.objects)
          if (key.startsWith(address.prefix)) yield { key: key.slice(address.prefix.length), etag: tag };
        next = page.next;
      }
    },
  };
}

function conditionHeaders(on: Condition): Record<string, string> {
  if (on === undefined) return {};
  return on === 'new' ? { 'if-none-match': '*' } : { 'if-match': `"${on.etag}"` };
}

/** @throws HostTrouble for anything but success */
function expectOk(answer: Answer): Answer {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return answer;
  const code = readErrorCode(body.toString());
  const words = refusals[code];
  if (words) throw new HostTrouble(words.kind, words.problem);
  if (status === 401 || status === 403) throw new HostTrouble('closed', 'the access key does not allow this');
  const said =
    code === ''
      ? `status ${status}`
      : `${code.replaceAll(/[^A-Za-z0-9.]/g, '').slice(0, 60)}, status ${status}`;
  throw new HostTrouble('other', `it answered with something unexpected (${said})`);
}

const refusals: Readonly<Record<string, { kind: HostTrouble['kind']; problem: string }>> = {
  NoSuchBucket: { kind: 'other', problem: 'there is no bucket of that name' },
  PermanentRedirect: { kind: 'other', problem: 'the bucket is in another region' },
  AuthorizationHeaderMalformed: { kind: 'other', problem: 'the bucket is in another region' },
  InvalidAccessKeyId: { kind: 'closed', problem: 'it does not know the access key' },
  SignatureDoesNotMatch: { kind: 'closed', problem: 'the secret does not belong to the access key' },
  ExpiredToken: { kind: 'closed', problem: 'the login has expired' },
  RequestTimeTooSkewed: { kind: 'closed', problem: 'the clock of this computer is wrong' },
};

function etagOf({ headers }: Answer): string {
  const etag = headers.get('etag');
  if (!etag) throw new HostTrouble('other', 'it does not say which version of a file it has');
  return etag.replaceAll(/^W\/|"/g, '');
}

/** Every character that means something in a URL is encoded, as the signature expects it. */
const encodePath = (path: string): string =>
  path
    .split('/')
    .map((name) =>
      encodeURIComponent(name).replaceAll(
        /[!'()*]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');

function definedOnly({ accessKeyId, secretAccessKey, sessionToken }: S3Keys) {
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
