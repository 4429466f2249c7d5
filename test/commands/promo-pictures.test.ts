import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brief, makeWorkspace } from '../campaign/workspace.ts';
import { secHere } from '../support/in-process.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const fields =
  'subject: News\nstarts: 2026-01-01\nends: 2099-01-01\nbanner: News\nhero: {src: a.png, alt: Beans}';

it('sends no mail whose pictures the website does not have', async () => {
  const cwd = makeWorkspace({
    ...brief(fields),
    'campaigns/kaldi/spring/a.png': png,
    'sites/kaldi/content/_index.md': '---\ntitle: Home\n---\n',
    'c.csv': 'E-mail\nanna@example.com\n',
  });
  const here = ['--workspace', cwd, '--yes', '--json'];
  const list = ['--csv', join(cwd, 'c.csv'), '--basis', 'customer', '--transport', 'outbox:out'];
  const send = () => secHere(['promo', 'send', 'kaldi', 'spring', ...list, ...here]);
  const publish = () => secHere(['site', 'publish', 'kaldi', ...here]);

  const early = await send();
  expect(JSON.parse(early.stdout)).toMatchObject({
    error: { code: 'PICTURES_NOT_LIVE', details: { pictures: ['campaigns/spring/a.png'] } },
  });
  expect(early.code).toBe(65);
  expect((await publish()).code).toBe(0);
  writeFileSync(join(cwd, 'campaigns/kaldi/spring/a.png'), Buffer.concat([png, Buffer.from('\n')]));
  expect(JSON.parse((await send()).stdout)).toMatchObject({ error: { code: 'PICTURES_NOT_LIVE' } });
  expect((await publish()).code).toBe(0);
  const sent = await send();
  expect(sent, sent.stdout).toMatchObject({ code: 0 });
  const [file = ''] = readdirSync(join(cwd, 'out'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.eml'),
  );
  const mail = readFileSync(join(cwd, 'out', file), 'utf8').replaceAll('=\r\n', '');
  expect(mail).toContain('https://kaldi.example/campaigns/spring/a.png');
  expect(mail).not.toContain('Content-ID');
}, 120_000);
