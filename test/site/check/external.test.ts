import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/core/progress.ts';
import { checkLinks } from '../../../src/site/check/check-links.ts';
import { type ExternalLink, judgeLink, type LinkAnswer } from '../../../src/site/check/external.ts';

const link: ExternalLink = {
  url: 'https://a.example/',
  places: [
    { file: 'a.md', line: 3 },
    { file: 'b.md', line: 1 },
  ],
};

describe('what an answer means', () => {
  it.each<[LinkAnswer, string | undefined]>([
    [{ kind: 'answered', status: 200 }, undefined],
    [{ kind: 'answered', status: 301 }, undefined],
    [{ kind: 'answered', status: 404 }, 'error external-link-broken'],
    [{ kind: 'answered', status: 410 }, 'error external-link-broken'],
    [{ kind: 'answered', status: 401 }, 'warning external-link-unsure'],
    [{ kind: 'answered', status: 403 }, 'warning external-link-unsure'],
    [{ kind: 'answered', status: 429 }, 'warning external-link-unsure'],
    [{ kind: 'answered', status: 999 }, 'warning external-link-unsure'],
    [{ kind: 'answered', status: 500 }, 'warning external-link-unsure'],
    [{ kind: 'private' }, 'error external-link-broken'],
    [{ kind: 'failed', why: 'unknown-host' }, 'error external-link-broken'],
    [{ kind: 'failed', why: 'certificate' }, 'error external-link-broken'],
    [{ kind: 'failed', why: 'no-connection' }, 'error external-link-broken'],
    [{ kind: 'failed', why: 'silent' }, 'warning external-link-unsure'],
    [{ kind: 'failed', why: 'redirects' }, 'warning external-link-unsure'],
  ])('%o', (answer, expected) => {
    const found = judgeLink(link, answer);
    const both = expected === undefined ? [] : [`a.md:3 ${expected}`, `b.md:1 ${expected}`];
    expect(found.map(({ file, line, severity, rule }) => `${file}:${line} ${severity} ${rule}`)).toEqual(
      both,
    );
  });
});

it('asks for each link once, and no host for two things at once', async () => {
  const links = ['a', 'b', 'c'].flatMap((host) =>
    [1, 2, 3].map((n) => ({ url: `https://${host}.example/${n}`, places: [] })),
  );
  const asked: string[] = [];
  const open = new Set<string>();
  let most = 0;
  const answers = await finish(
    checkLinks(
      links,
      async (url) => {
        const { host } = new URL(url);
        expect(open.has(host)).toBe(false);
        open.add(host);
        most = Math.max(most, open.size);
        await new Promise((later) => setImmediate(later));
        open.delete(host);
        asked.push(url);
        return { kind: 'answered', status: 200 };
      },
      new AbortController().signal,
    ),
  );
  expect(asked.toSorted()).toEqual(links.map(({ url }) => url));
  expect(answers).toHaveLength(9);
  expect(most).toBe(3);
});
