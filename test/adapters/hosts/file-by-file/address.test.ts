import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../src/adapters/hosts/file-by-file/address.ts';
import { layoutsFor } from '../../../../src/adapters/hosts/file-by-file/layout.ts';

describe('the address of a host behind a network', () => {
  it.each([
    ['sftp://web.example/var/www/', { host: 'web.example', port: 22, path: '/var/www' }],
    ['sftp://anna@web.example:2222/~/www', { host: 'web.example', port: 2222, path: '/~/www' }],
    ['ftp://web.example', { host: 'web.example', path: '' }],
    ['ftp://[::1]:2121/a%20b', { host: '::1', port: 2121, path: '/a b' }],
  ])('%s', (url, wanted) => expect(parseAddress(url, 22)).toMatchObject(wanted));

  it('names the place without the user, whoever logs in there', () => {
    const { target, user } = parseAddress('sftp://anna%40kaldi@web.example/www', 22);
    expect({ target, user }).toEqual({ target: 'sftp://web.example/www', user: 'anna@kaldi' });
  });

  it.each([
    'sftp:///www',
    'sftp://-oProxyCommand=x/www',
    'sftp://web.example/../etc',
    'sftp://web.example/a/%2e%2e/b',
    'ftp://web.example/a%0d%0aDELE%20b',
    'ftp://web.example/%5c..',
    'ftp://web.example/%zz',
    'ftp://web.example/www?x=1',
  ])('%s is refused', (url) => expect(() => parseAddress(url, 21)).toThrow(/in site\.yaml|cannot be used/));
});

describe('the records of a site', () => {
  it('lie beside the web root where that has a neighbourhood, else inside it', () => {
    const places = (root: string) => layoutsFor('x', root).map(({ state }) => state);
    expect(places('/var/www/kaldi')).toEqual(['/var/www/.kaldi.sec', '/var/www/kaldi/.sec']);
    expect(places('/www')).toEqual(['/.www.sec', '/www/.sec']);
    expect(places('')).toEqual(['/.sec']);
  });
});
