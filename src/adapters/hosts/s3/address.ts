import { fail } from '../../../core/errors/index.ts';

/** A place in an object store that is a client's website. */
export interface S3Address {
  /** As site.yaml has it. */
  readonly target: string;
  readonly bucket: string;
  /** What the keys of the site begin with: empty, or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  /** Where the bucket's keys begin, ending in a slash. */
  readonly base: string;
}

const EXAMPLE = 's3://kaldi-site?region=eu-north-1';
/** Bucket naming rules of Amazon S3, which the compatible stores share. */
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const regionName = /^[a-z0-9-]{1,40}$/;
const isLoopback = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);

/**
 * Reads `s3://bucket[/prefix][?endpoint=https://…&region=…]`. Without an endpoint it is Amazon's.
 *
 * @throws HOST_URL_INVALID
 */
export function parseS3Url(text: string, env: Readonly<NodeJS.ProcessEnv>): S3Address {
  const target = text.replace(/\?.*$/, (query) =>
    /secret|key|token|password|@/i.test(query) ? '?…' : query,
  );
  const refuse = (problem: string) => fail('HOST_URL_INVALID', { target, problem, example: EXAMPLE });
  const url = URL.parse(text);
  const [, bucket = '', path = ''] = /^s3:\/\/([^/?#]*)\/?([^?#]*)/i.exec(text) ?? [];
  if (url?.hash !== '') throw refuse('it is not a whole address');
  const strange = [...url.searchParams.keys()].find((name) => name !== 'endpoint' && name !== 'region');
  if (strange !== undefined)
    throw refuse('after the ? only endpoint= and region= may stand; a login is stored with sec login');
  if (!bucketName.test(bucket)) throw refuse('the bucket has a name that is not allowed');
  const names = path.split('/').filter((name) => name !== '');
  if (names.some((name) => !/^[A-Za-z0-9_][A-Za-z0-9._ -]*$/.test(name)))
    throw refuse('the folder in the bucket has a name that is not allowed');
  const region = url.searchParams.get('region') ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1';
  if (!regionName.test(region)) throw refuse('the region has a name that is not allowed');
  const prefix = names.map((name) => `${name}/`).join('');
  return {
    target,
    bucket,
    prefix,
    region,
    base: baseOf(url.searchParams.get('endpoint'), bucket, region, refuse),
  };
}

function baseOf(
  endpoint: string | null,
  bucket: string,
  region: string,
  refuse: (problem: string) => Error,
): string {
  if (endpoint === null) {
    // A certificate for *.s3.… does not cover a bucket whose name has dots.
    return bucket.includes('.')
      ? `https://s3.${region}.amazonaws.com/${bucket}/`
      : `https://${bucket}.s3.${region}.amazonaws.com/`;
  }
  const url = URL.parse(endpoint);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !isSafe) throw refuse('the endpoint has to begin with https://');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refuse('the endpoint is more than an address');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/${bucket}/`;
}
