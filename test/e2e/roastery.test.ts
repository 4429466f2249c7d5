import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kaldiWorkspace, write } from '../support/kaldi.ts';
import { brief } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';

const drawing = (width: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}"/>`;

/** In the shapes of content that was made for another generator: nested sections, deep fields, pictures beside pages. */
const content = {
  'content/_index.md':
    '---\ntitle: "Tea that travels"\nsubtitle: Leaves from three hills\nimage: /img/hill.svg\nblurb:\n    heading: Why tea?\n    text: "It keeps."\nproducts:\n    - image: img/leaf.svg\n      text: "Black and green."\nvalues:\n    heading: What counts\n    text: Patience.\n---\n\n',
  'content/range/_index.md':
    '---\n# what we sell\ntitle: Our Tea\ntype: range\nimage: /img/hill.svg\nintro:\n  heading: What there is\n  description: >-\n    Folded over two\n    lines.\n  blurbs:\n    - image: /img/leaf.svg\n      text: >\n        Loose leaves.\nmain:\n  image1: {alt: A cup, image: /img/leaf.svg}\ntestimonials:\n  - author: Elīna Kauliņa\n    quote: >-\n      I drink it daily.\n---\n',
  'content/post/first-flush/index.md':
    "---\ntitle: 'Just in: first flush'\ndate: 2017-01-04T15:04:10.000Z\ndescription: >-\n  Two lines\n  of it\nimage: cup.svg\n---\n\nIt is here, see [the range](/range/).\n\n## A little history\n\n>Quoted.\n",
  'content/post/first-flush/cup.svg': drawing(60),
  'content/contact/_index.md':
    '---\ntitle: "Contact"\nlogo: "/img/leaf.svg"\ncontact_entries:\n  - heading: Place\n    text: "Hill Road 3"\n---\n\n<h3 class="f4">How?</h3>\n',
  'content/.keep': '',
  'data/.keep': '',
  'data/footer.json': '{"title": "Letters"}',
  'static/img/hill.svg': drawing(100),
  'static/img/leaf.svg': drawing(10),
};

it("publishes another generator's content, with one title changed and not one byte beside it", async () => {
  const cwd = kaldiWorkspace();
  for (const [path, text] of Object.entries(content)) write(cwd, `sites/kaldi/${path}`, text);
  const live = (path: string) => readFileSync(join(cwd, 'public/kaldi', path), 'utf8');
  expect((await sec(['site', 'publish', 'kaldi', '--yes', '--json'], { cwd })).code).toBe(0);
  expect(live('range/index.html')).toContain('<title>Our Tea');
  expect(live('post/first-flush/cup.svg')).toBe(drawing(60));

  const words = [
    'site',
    'update',
    'kaldi',
    'range',
    '--set',
    'title=Tea and more',
    '--no-publish',
    '--yes',
    '--json',
  ];
  const updated = await sec(words, { cwd });
  expect(updated.json()).toMatchObject({
    file: 'sites/kaldi/content/range/_index.md',
    changes: [{ field: 'title', from: 'Our Tea', to: 'Tea and more' }],
    bodyChanged: false,
    saved: true,
  });
  expect(readFileSync(join(cwd, 'sites/kaldi/content/range/_index.md'), 'utf8')).toBe(
    content['content/range/_index.md'].replace('Our Tea', 'Tea and more'),
  );
  expect(live('range/index.html')).toContain('<title>Our Tea');
  const published = await sec(['site', 'publish', 'kaldi', '--yes', '--json'], { cwd });
  expect(published.json()).toMatchObject({ applied: true, removed: 0, verified: { mismatched: 0 } });
  expect(live('range/index.html')).toContain('<title>Tea and more');
  const again = await sec(['site', 'publish', 'kaldi', '--yes', '--json'], { cwd });
  expect(again.json()).toMatchObject({ uploaded: 0, removed: 0 });
});

it('writes one file for each of a thousand rows, and a receipt that adds up', async () => {
  const cwd = kaldiWorkspace();
  write(cwd, 'campaigns/kaldi/spring/campaign.md', brief('Come and see.'));
  const site = readFileSync(join(cwd, 'sites/kaldi/site.yaml'), 'utf8');
  write(
    cwd,
    'sites/kaldi/site.yaml',
    `${site}sender: {name: Kaldi, email: news@kaldi.example, address: "Hill Road 3"}\n`,
  );
  const rows = Array.from({ length: 1000 }, (_, n) => `person${n}@example.com,Anna ${n}\n`);
  write(cwd, 'list.csv', `email,First name\n${rows.join('')}`);
  const words = [
    'promo',
    'send',
    'kaldi',
    'spring',
    '--csv',
    'list.csv',
    '--basis',
    'consent',
    '--transport',
    'outbox:out',
  ];
  const sent = await sec([...words, '--yes', '--json'], { cwd });
  expect(sent.json()).toMatchObject({
    candidates: 1000,
    accepted: 1000,
    planned: 0,
    inDoubt: 0,
    balanced: true,
  });
  const mails = readdirSync(join(cwd, 'out')).filter((name) => name.endsWith('.eml'));
  expect(mails).toHaveLength(1000);
  const to = mails.map((name) => /^To: <(.*)>/m.exec(readFileSync(join(cwd, 'out', name), 'utf8'))?.[1]);
  expect(new Set(to).size).toBe(1000);
});
