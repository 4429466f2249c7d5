import { describe, expect, it } from 'vitest';
import { parseGitUrl } from '../../../../src/adapters/hosts/git/address.ts';

describe('the address of a branch', () => {
  it.each([
    ['git+ssh://git@github.com/kaldi/site.git#gh-pages', 'ssh', 'gh-pages'],
    ['git+https://github.com/kaldi/site.git#main', 'https', 'main'],
    ['git+ssh://git@[::1]:2222/~kaldi/site#sites/kaldi', 'ssh', 'sites/kaldi'],
    ['git+file:///srv/site.git#pages', 'file', 'pages'],
  ])('%s', (url, scheme, branch) => {
    expect(parseGitUrl(url)).toEqual({
      target: url,
      url: url.replace(/^git\+/, '').replace(/#.*/, ''),
      scheme,
      branch,
    });
  });

  it.each([
    ['git+ssh://-oProxyCommand=touch%20x/site#pages', 'name that is not allowed'],
    ['git+ssh://-oProxyCommand@host/site#pages', 'user has a name'],
    ['git+ssh://host/-site#pages', 'does not name a repository'],
    ['git+ssh://host/site#--upload-pack=touch', 'branch has a name'],
    ['git+ssh://host/site#a..b', 'branch has a name'],
    ['git+ssh://host/site#pages.lock', 'branch has a name'],
    ['git+ssh://host/site#%00x', 'branch has a name'],
    ['git+ssh://host/site', 'does not name the branch'],
    ['git+ext::sh -c touch% x#pages', 'not allowed'],
    ['git+ssh://host/site#%zz', 'branch has a name'],
    ['git+', 'not a whole address'],
    ['git+ext://sh/x#pages', 'not allowed'],
    ['git+http://host/site#pages', 'not allowed'],
    ['git+git://host/site#pages', 'not allowed'],
    ['git+https://host/site?x=1#pages', 'question mark'],
    ['git+file://elsewhere/site#pages', 'three slashes'],
  ])('%s is refused', (url, reason) => expect(() => parseGitUrl(url)).toThrow(reason));

  it('is refused with a login in it, and does not repeat the secret', () => {
    for (const url of ['git+https://me:hunter2@host/site#pages', 'git+ssh://git:hunter2@host/site#pages'])
      try {
        parseGitUrl(url);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).toContain('sec login');
        expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
      }
  });

  it('is refused with a token as the user, and does not repeat it', () => {
    const parse = () => parseGitUrl('git+https://ghp_hunter2@host/site#pages');
    expect(parse).toThrow('sec login');
    expect(parse).not.toThrow('hunter2');
  });
});
