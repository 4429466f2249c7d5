import { describe, expect, it } from 'vitest';
import { parseS3Url } from '../../../../src/adapters/hosts/s3/address.ts';
import { headersOf, isImmutable } from '../../../../src/adapters/hosts/s3/headers.ts';
import { readErrorCode, readListing } from '../../../../src/adapters/hosts/s3/xml.ts';

describe('the address of an object store', () => {
  it.each([
    ['s3://kaldi-site?region=eu-north-1', 'https://kaldi-site.s3.eu-north-1.amazonaws.com/', ''],
    ['s3://kaldi.example/www/', 'https://s3.us-east-1.amazonaws.com/kaldi.example/', 'www/'],
    ['s3://site/a/b?endpoint=https://s3.example.org/', 'https://s3.example.org/site/', 'a/b/'],
    ['s3://site?endpoint=http://127.0.0.1:9000', 'http://127.0.0.1:9000/site/', ''],
  ])('%s', (url, base, prefix) => expect(parseS3Url(url, {})).toMatchObject({ base, prefix, target: url }));

  it('takes the region from the environment where the address has none', () => {
    expect(parseS3Url('s3://site', { AWS_REGION: 'eu-west-1' }).region).toBe('eu-west-1');
  });

  it.each([
    ['s3://site?endpoint=http://s3.example.org', 'https://'],
    ['s3://site?endpoint=https://me:hunter2@s3.example.org', 'more than an address'],
    ['s3://site?secretAccessKey=hunter2', 'sec login'],
    ['s3://Site', 'bucket'],
    ['s3://a..b', 'bucket'],
    ['s3://site/../other', 'folder'],
    ['s3://site/.sec', 'folder'],
    ['s3://site?region=x/y', 'region'],
    ['s3:', 'bucket'],
  ])('%s is refused', (url, reason) => {
    expect(() => parseS3Url(url, {})).toThrow(reason);
    expect(() => parseS3Url(url, {})).not.toThrow('hunter2');
  });
});

describe('the headers of a file', () => {
  it.each(['site.0f1e2d3c4b.css', 'assets/photo.ffffffff00.webp', 'a/b-0123456789abcdef.js'])(
    '%s never changes',
    (path) => expect(isImmutable(path)).toBe(true),
  );

  it.each([
    'prices-20260301.pdf',
    'menu-spring2026.pdf',
    'index.html',
    'x.0f1e2d3c4b.html',
    'deadbeefed.css',
    'app.js',
  ])('%s may change', (path) => expect(isImmutable(path)).toBe(false));

  it('name the kind of a file that nobody knows as bytes', () =>
    expect(headersOf('a.unknown')['content-type']).toBe('application/octet-stream'));
});

describe('an answer of an object store', () => {
  const page = (inner: string) =>
    `<?xml version="1.0"?><ListBucketResult xmlns="x">${inner}</ListBucketResult>`;

  it('lists objects whatever the order of what it says of them', () => {
    const contents = '<Contents><ETag>&quot;e1&quot;</ETag><Key>a%20b%26c+d</Key></Contents>';
    const other = '<Contents><Key>z</Key><Owner><ID>Key</ID></Owner><ETag>"e2"</ETag></Contents>';
    expect(readListing(page(`<IsTruncated>false</IsTruncated>${contents}${other}`))).toEqual({
      objects: [
        { key: 'a b&c d', etag: 'e1' },
        { key: 'z', etag: 'e2' },
      ],
      next: undefined,
    });
  });

  it('is no list where it is cut off, or something else', () => {
    expect(readListing(page('<Contents><Key>a</Key></Contents>'))).toBeUndefined();
    expect(readListing(page('<IsTruncated>true</IsTruncated>'))).toBeUndefined();
    expect(readListing('<html><body>Welcome to the hotel</body></html>')).toBeUndefined();
    expect(readListing('<?xml version="1.0"?><ListBucketResult><IsTruncated>fal')).toBeUndefined();
  });

  it('names its error', () => {
    expect(readErrorCode('<Error><Code>NoSuchKey</Code><Key>a</Key></Error>')).toBe('NoSuchKey');
    expect(readErrorCode('<html>404</html>')).toBe('');
  });
});
