import { mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inWorkspace } from '../support/in-workspace.ts';
import { promoWorkspace } from '../support/promo-workspace.ts';
import { sec } from '../support/sec.ts';

interface Case {
  readonly what: string;
  readonly bytes: string | Buffer;
  readonly code: string;
  readonly says: RegExp;
  readonly hint: RegExp;
  readonly words?: readonly string[];
}

const zip = (inside: string) => Buffer.from(`PK\u0003\u0004\u0014\0\u0006\0\b\0${inside}`, 'latin1');
const basis = ['--basis', 'consent', '--yes'];

const cases: readonly Case[] = [
  {
    what: 'no consent basis',
    bytes: 'email\nx@example.com\n',
    words: ['--yes'],
    code: 'LIST_BASIS_MISSING',
    says: /why this client may write|reason why/,
    hint: /--basis consent .* --basis customer/,
  },
  { what: 'an empty file', bytes: '', code: 'CSV_EMPTY', says: /nothing in it/, hint: /right file/ },
  { what: 'blank lines alone', bytes: '\r\n\r\n', code: 'CSV_EMPTY', says: /nothing in it/, hint: /rows/ },
  {
    what: 'headers alone',
    bytes: 'email;name\n',
    code: 'CSV_EMPTY',
    says: /headers and not a single row.*"email", "name"/,
    hint: /rows/,
  },
  {
    what: 'an Excel workbook',
    bytes: zip('[Content_Types].xml'),
    code: 'CSV_NOT_TEXT',
    says: /an Excel workbook \(\.xlsx\)/,
    hint: /Save as, "CSV UTF-8/,
  },
  {
    what: 'a LibreOffice table',
    bytes: zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    code: 'CSV_NOT_TEXT',
    says: /a LibreOffice table/,
    hint: /Save as/,
  },
  { what: 'another zip', bytes: zip('a.txt'), code: 'CSV_NOT_TEXT', says: /a zip archive/, hint: /Save as/ },
  {
    what: 'NUL bytes',
    bytes: 'email,name\nx@example.com,A\0nna\n',
    code: 'CSV_NOT_TEXT',
    says: /zero bytes/,
    hint: /Save as/,
  },
  {
    what: 'a header twice',
    bytes: 'email,name,name\nx@example.com,A,B\n',
    code: 'CSV_HEADER_TWICE',
    says: /2 columns that all mean "name"/,
    hint: /different names/,
  },
  {
    what: 'two headers that mean one thing',
    bytes: 'email;E-pasts\nx@example.com;y@example.com\n',
    code: 'CSV_HEADER_TWICE',
    says: /"email", "E-pasts"/,
    hint: /--map "E-pasts=-"/,
  },
  {
    what: 'one column, with a sign between the cells that sec does not know',
    bytes: 'email:name\nx@example.com:A\n',
    code: 'CSV_NO_ADDRESS_COLUMN',
    says: /separated by ":"/,
    hint: /commas, semicolons/,
  },
  {
    what: 'a first line that promises such a sign',
    bytes: 'sep=#\nemail#name\nx@example.com#A\n',
    code: 'CSV_NO_ADDRESS_COLUMN',
    says: /separated by "#"/,
    hint: /commas, semicolons/,
  },
  {
    what: 'a header of one column over rows of several',
    bytes: 'email\nx@example.com;A\ny@example.com;B\n',
    code: 'LIST_NOTHING_IMPORTED',
    says: /several cells separated by ";", and the header has one only/,
    hint: /rejects/,
  },
  {
    what: 'a quotation mark that is never closed',
    bytes: 'email,name\nx@example.com,"A\ny@example.com,B\n',
    code: 'CSV_BROKEN',
    says: /line 2: a quotation mark opens/,
    hint: /text editor/,
  },
  {
    what: 'a quotation mark that swallows a megabyte',
    bytes: `email,name\nx@example.com,"A\n${'y@example.com,B\n'.repeat(80_000)}`,
    code: 'CSV_BROKEN',
    says: /line 2: the row that begins here is larger than 1 MB/,
    hint: /quotation mark/,
  },
];

/** A workspace where kaldi has a list of one, which must stay as it is. */
async function withList() {
  const { dir: cwd, write } = promoWorkspace();
  const run = inWorkspace(cwd);
  write('before.csv', 'email,name\nanna@example.com,Anna\n');
  await run('list', 'import', 'kaldi', 'customers', 'before.csv', ...basis);
  const standing = async () =>
    (await run('list', 'show', 'kaldi', 'customers', '--json')).json<{ imports: unknown[] }>();
  return { cwd, run, standing };
}

describe('a list file that cannot be used is named for what it is, and nothing of it is imported', () => {
  it.each(cases)('$what', async ({ bytes, code, says, hint, words = basis }) => {
    const { cwd, run, standing } = await withList();
    writeFileSync(join(cwd, 'people.csv'), bytes);
    const ran = await run('list', 'import', 'kaldi', 'customers', 'people.csv', ...words, '--json');
    expect(ran.json()).toMatchObject({
      error: { code, message: expect.stringMatching(says), hint: expect.stringMatching(hint) },
    });
    expect([2, 65]).toContain(ran.code);
    expect(ran.stdout).not.toMatch(/[xy]@example/);
    expect(await standing()).toMatchObject({ recipients: 1, imports: [{ file: 'before.csv' }] });
    const left = readdirSync(join(cwd, '.sec/clients/kaldi'), { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a folder, and a file that is not there', async () => {
    const { cwd, run } = await withList();
    mkdirSync(join(cwd, 'folder.csv'));
    const folder = await run('list', 'import', 'kaldi', 'customers', 'folder.csv', ...basis);
    expect(folder).toMatchObject({ code: 65, stderr: expect.stringMatching(/it is a folder/) });
    const none = await run('list', 'import', 'kaldi', 'customers', 'none.csv', ...basis);
    expect(none).toMatchObject({ code: 65, stderr: expect.stringMatching(/there is no such file/) });
  });

  it('one broken row among whole ones goes to the reject file, and comes in once it is mended', async () => {
    const { cwd, run, standing } = await withList();
    writeFileSync(join(cwd, 'people.csv'), 'email,name\nbob@example.com,Bob\ncilda@example.com,C,D\n');
    const first = await run('list', 'import', 'kaldi', 'customers', 'people.csv', ...basis, '--json');
    const { rejects } = first.json<{ rejects: string }>();
    expect(first.json()).toMatchObject({ added: 1, rejected: 1, firstRejects: [{ line: 3 }] });
    writeFileSync(
      join(cwd, rejects),
      '\ufeffline,reason,email,name\r\n3,too long,cilda@example.com,Cilda\r\n',
    );
    const second = await run('list', 'import', 'kaldi', 'customers', rejects, ...basis, '--json');
    expect(second.json()).toMatchObject({ added: 1, rejected: 0, rejects: null, columns: ['name'] });
    expect(await standing()).toMatchObject({ recipients: 3 });
  });

  it.each([
    ['without quotation marks', ''],
    ['within quotation marks', '"'],
  ])('a field of 200 MB %s is refused before it fills the memory', async (_, quote) => {
    const { cwd, standing } = await withList();
    const file = openSync(join(cwd, 'people.csv'), 'w');
    writeSync(file, `email,name\nx@example.com,${quote}`);
    const megabyte = 'x'.repeat(1_000_000);
    for (let written = 0; written < 200; written++) writeSync(file, megabyte);
    writeSync(file, `${quote}\n`);
    const probe = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))';
    const words = ['list', 'import', 'kaldi', 'customers', 'people.csv', ...basis, '--json'];
    const ran = await sec(words, {
      cwd,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}` },
    });
    expect(ran.json()).toMatchObject({
      error: { code: 'CSV_BROKEN', message: expect.stringMatching(/line 2.*larger than 1 MB/) },
    });
    expect(Number(/peak (\d+)/.exec(ran.stderr)?.[1]) / 1024).toBeLessThan(250);
    expect(await standing()).toMatchObject({ recipients: 1 });
  });
});
