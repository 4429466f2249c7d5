import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('walks the whole way and leaves nothing behind but its folder', { timeout: 120_000 }, async () => {
  const tmp = temporaryFolder();
  const before = readdirSync(tmp);
  const ran = await sec(['demo', '--json'], { env: { TMPDIR: tmp } });
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);

  const result = ran.json<{
    folder: string;
    mails: number;
    site: string;
    mail: object;
    receipt: object;
    approvals: object[];
  }>();
  expect(result.mails).toBe(502);
  expect(result.approvals).toMatchObject([
    { name: 'Dr Ilze Ozoliņa', answered: 'Approved. Thank you!' },
    { name: 'Dr Ilze Ozoliņa', answered: 'Approved. Thank you!' },
  ]);
  expect(result.receipt).toMatchObject({
    candidates: 493,
    accepted: 492,
    inDoubt: 0,
    balanced: true,
    state: 'finished',
  });
  expect(result.mail).toMatchObject({
    to: expect.stringMatching(/@.*example/),
    subject: expect.stringContaining('Ziemassvētki'),
  });
  expect(readdirSync(join(result.folder, 'caught-mails'))).toHaveLength(502);

  expect(readdirSync(tmp).filter((name) => !before.includes(name) && !name.startsWith('sec-demo-'))).toEqual(
    [],
  );
  await expect(fetch(result.site)).rejects.toThrow();
});
