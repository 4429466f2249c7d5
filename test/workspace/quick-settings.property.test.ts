import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ZodType, z } from 'zod';
import { quick, quickSettings } from '../../scripts/build/quick-settings.ts';
import type { QuickCheck } from '../../src/core/quick-check.ts';
import { parseYaml } from '../../src/core/yaml.ts';
import { siteSchema, workspaceSchema } from '../../src/workspace/schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = resolve(import.meta.dirname, '../..');
/** The module that the build makes, as it would be bundled. */
async function makeQuick(): Promise<{ quickOffice: QuickCheck; quickSite: QuickCheck }> {
  const file = join(temporaryFolder(), 'quick-settings.ts');
  writeFileSync(file, quickSettings());
  return import(file);
}

/** What a check says, as text: the order of fields is a part of it. Undefined where it leaves the value to zod. */
function said(check: QuickCheck, value: unknown): string | undefined {
  const checked = check(value);
  return typeof checked === 'symbol' ? undefined : JSON.stringify(checked);
}

const office = {
  operator: { name: 'Office', email: 'office@example.com' },
  locale: 'lv',
  timezone: 'Europe/Riga',
  desk: 'https://desk.example.com',
  ledger: 'postgres://ledger.example',
};
const hours = { days: ['mon', 'sun'], hours: '09:00-18:00' };
const site = {
  name: 'Kaldi',
  url: 'https://kaldi.example',
  locales: ['en', 'lv'],
  timezone: 'Europe/Riga',
  theme: 'default',
  facts: { phone: '1', brand: { color: '#000' }, n: 1, list: [null] },
  build: { command: ['hugo', '--minify'], output: 'public', content: 'content', timeout: 10 },
  host: 'file:public',
  hosts: { preview: 'file:x' },
  plainFtp: { agreed: '2026-01-31', by: 'Anna' },
  markdown: { html: 'escape' },
  menu: [
    { page: 'a.md', label: 'A' },
    { page: 'b.md', label: { en: 'B' } },
  ],
  kinds: {
    news: {
      label: 'News',
      folder: 'n',
      layout: 'x',
      fields: { title: { type: 'text', label: 'T', required: true, min: 1, max: 60, choices: ['a'] } },
    },
  },
  sender: {
    name: 'Kaldi',
    email: 'a@kaldi.example',
    replyTo: 'b@kaldi.example',
    address: 'Street 1',
    transport: 'sendgrid:',
    unsubscribe: 'https://u.example/x',
    sendgridWebhookKey: 'k',
    pace: { perSecond: 1, perHour: 2, perDomain: { '*': 3 }, warmup: { from: '2026-12-01', days: [1, 2] } },
    pauseAt: { bounces: 1, complaints: 0.5 },
    recallMinutes: 11,
    dkim: { selector: 'sec1', key: '/etc/k', domain: 'kaldi.example' },
  },
  approvers: [{ name: 'Anna', email: 'a@kaldi.example', approves: ['site'] }],
  policy: {
    approval: { site: 'prices', campaign: 'required', tier: 'T1', secondAbove: 0, validDays: 14 },
    sending: hours,
    publishing: hours,
    tracking: { opens: true, clicks: false },
    identity: { from: 'a@kaldi.example', footer: 'x' },
    operator: { rollback: true, phone: true },
  },
  retention: { lists: 1, campaigns: 600 },
  preview: 'http://localhost:8080/p?q=1#r',
  update: 'weekly',
};

const odd = fc.constantFrom<unknown>(
  ...[null, true, false, '', 'x', ' ', '🍒', 0, 1, -1, 1.5, 90, 91, 1e10, 2 ** 60, Number.NaN, Infinity],
  ...[[], {}, ['x'], { x: 1 }, [1, 'x'], { html: 'allow' }, 'mon', 'T1', 'T2', 'none', 'required', 'builtin'],
  ...[
    'https://a.example',
    ' https://a.example ',
    'HTTPS://a.example',
    'https:/a',
    'https:a',
    'http://a b.example',
  ],
  ...[
    'http://localhost',
    'http://localhost.evil.example',
    'https://ā.example',
    'https://a\\b',
    'https://',
    'ftp://a',
  ],
  ...[
    'https://a.example:99999',
    'https://a\tb',
    'http://[::1]/',
    'a@b.example',
    'a@b@c',
    'a b@c',
    'Europe/Riga',
  ],
  ...['Nowhere', '09:00-18:00', '18:00-09:00', '24:00-24:00', '00:00-24:00', '2026-02-29', '2028-02-29', '.'],
  ...['../x', '/x', 'a/../b', 'public/x', './public', 'en-GB', 'EN', JSON.parse('{"__proto__": "x"}')],
);
const name = fc.constantFrom(
  'name',
  'x',
  'polcy',
  '__proto__',
  'constructor',
  'toString',
  '1',
  'tier',
  'email',
);
const slip = fc.record({
  where: fc.nat({ max: 200 }),
  what: fc.oneof(fc.constant('gone' as const), odd),
  name,
});

/** The settings with a value taken away, or another in its place, or a field more. */
function slipped<T>(settings: T, slips: readonly { where: number; what: unknown; name: string }[]): T {
  const copy = structuredClone(settings);
  for (const { where, what, name } of slips) {
    const groups: object[] = [];
    const collect = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      groups.push(value);
      Object.values(value).forEach(collect);
    };
    collect(copy);
    const group = groups[where % groups.length] as Record<string, unknown>;
    const names = [...Object.keys(group), Array.isArray(group) ? String(group.length) : name];
    const key = names[Math.floor(where / groups.length) % names.length] ?? name;
    if (what === 'gone' && Array.isArray(group)) group.splice(Number(key), 1);
    else if (what === 'gone') Reflect.deleteProperty(group, key);
    else {
      const value = structuredClone(what);
      Object.defineProperty(group, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return copy;
}

const cases: readonly (readonly [string, 'quickOffice' | 'quickSite', ZodType, object])[] = [
  ['sec.yaml', 'quickOffice', workspaceSchema, office],
  ['site.yaml', 'quickSite', siteSchema, site],
];

it.each(cases)('says of %s what zod says, or leaves it to zod', async (_file, which, schema, settings) => {
  const { [which]: check } = await makeQuick();
  expect(said(check, settings)).toBe(JSON.stringify(schema.parse(settings)));
  let fitting = 0;
  let quickly = 0;
  fc.assert(
    fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
      const value = slipped(settings, slips);
      const { success, data } = schema.safeParse(value, { jitless: true });
      const checked = said(check, value);
      if (success) fitting++;
      if (checked === undefined) return;
      quickly++;
      expect([success, JSON.stringify(data)]).toEqual([true, checked]);
    }),
    { numRuns: 10_000 },
  );
  expect(fitting).toBeGreaterThan(500);
  expect(quickly).toBeGreaterThan(fitting * 0.8);
});

it('checks the shipped settings by itself', async () => {
  const made = await makeQuick();
  const files = globSync('{sec.yaml,sites/*/site.yaml}', { cwd: root });
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const { value } = parseYaml(readFileSync(join(root, file), 'utf8'), file);
    const [check, schema] =
      file === 'sec.yaml' ? [made.quickOffice, workspaceSchema] : [made.quickSite, siteSchema];
    expect(check(value), file).toEqual(schema.parse(value));
  }
});

it.each<[string, ZodType]>([
  ['a size that it does not know', z.strictObject({ a: z.string().max(3) })],
  ['a format that it does not know', z.email()],
  ['a change of the value', z.string().trim()],
  ['a pattern that remembers where it was', z.string().regex(/a/g)],
  ['another type', z.date()],
  ['a group that takes further fields', z.object({ a: z.string() })],
  ['a rule without a name', z.string().refine((text) => text !== 'x')],
  ['names with a pattern', z.record(z.string().regex(/a/), z.string())],
  ['a choice with an address', z.union([z.url({ protocol: /^https$/ }), z.string()])],
  ['an open end', z.number().gt(3)],
  ['a host of an address', z.url({ protocol: /^https$/, hostname: /a/ })],
])('stops the build at %s', (_what, schema) => {
  expect(() => quick(schema)).toThrow(/quick-settings\.ts|rules\.ts/);
});
