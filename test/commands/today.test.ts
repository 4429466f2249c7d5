import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function workspace(): string {
  const root = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('sec.yaml', 'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n');
  for (const name of ['bakery', 'dentist']) {
    put(
      `sites/${name}/site.yaml`,
      `name: ${name}\nurl: https://${name}.example\nhost: file:public/${name}\n`,
    );
    put(`sites/${name}/content/_index.md`, `---\ntitle: ${name}\n---\n\nHello.\n`);
  }
  put('sites/broken/site.yaml', 'name: [\n');
  put(
    'campaigns/bakery/spring/campaign.md',
    '---\nsubject: Spring\ntemplate: promo\nlist: customers\n---\nHello.\n',
  );
  put('campaigns/bakery/typo/campaign.md', '---\nsubjekt: Spring\n---\nHello.\n');
  return root;
}

interface Board {
  readonly clients: number;
  readonly items: readonly { client: string; about: string; urgency: string; text: string; next: string }[];
}

it('shows every client, whatever is wrong with one of them, and changes nothing', async () => {
  const root = workspace();
  const before = await sec(['today', '--json'], { cwd: root });
  expect(before.code).toBe(0);
  const { clients, items } = before.json<Board>();
  expect(clients).toBe(3);
  const lines = items.map(({ client, about, urgency, next }) => `${urgency} ${client} ${about}: ${next}`);
  expect(lines).toEqual([
    'failing bakery site: sec site build bakery',
    'failing bakery typo: sec promo check bakery typo',
    'failing broken site: sec client show broken',
    'due bakery spring: sec promo send bakery spring',
    'waiting dentist site: sec site publish dentist',
  ]);

  await sec(['site', 'publish', 'dentist', '--yes'], { cwd: root });
  const text = await sec(['today', 'dentist'], { cwd: root });
  expect(text.stdout).toContain('Nothing is due at 1 client.');
});
