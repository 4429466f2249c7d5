import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { demoCustomers } from '../../src/cli/demo/customers.ts';
import { temporaryFolder } from '../audience/helpers.ts';
import { inWorkspace } from '../support/in-workspace.ts';

let cwd: string;

beforeEach(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'sec.yaml'), 'operator: {name: Office, email: office@example.com}\n');
  for (const client of ['kaldi', 'dentist']) {
    mkdirSync(join(cwd, 'sites', client), { recursive: true });
    writeFileSync(
      join(cwd, 'sites', client, 'site.yaml'),
      `name: ${client}\nurl: https://${client}.example\n`,
    );
  }
});

async function sec(...words: string[]) {
  const { code, ...said } = await inWorkspace(cwd)('list', ...words);
  return { ...said, exitCode: code };
}
async function json(...words: string[]) {
  const { stdout, exitCode } = await sec(...words, '--json');
  return { ...JSON.parse(stdout), exitCode };
}
const csv = (text: string, name = 'people.csv') => writeFileSync(join(cwd, name), text);
const state = () => {
  try {
    return readdirSync(join(cwd, '.sec'), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
};

describe('sec list', () => {
  it("takes the demo's list over as its keys say, and keeps the rejects with line and reason", async () => {
    const { csv: text, suppressed, expected } = demoCustomers();
    csv(text);
    expect(await json('suppress', 'kaldi', suppressed)).toMatchObject({
      suppressed: true,
      changed: true,
      exitCode: 0,
    });
    const done = await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent');
    expect(done).toMatchObject({ client: 'kaldi', list: 'customers', ...expected, exitCode: 0 });
    expect(done.durationMs).toEqual(expect.any(Number));
    expect(done.rejects).toMatch(/^\.sec\/clients\/kaldi\/rejects\/customers-[\d-]+\.csv$/);
    expect(statSync(join(cwd, done.rejects)).mode & 0o777).toBe(0o600);
    const [header, ...rejects] = readFileSync(join(cwd, done.rejects), 'utf8').split('\r\n').slice(0, -1);
    expect(header).toBe('\ufeffline;reason;E-pasts;Vārds;Uzvārds;Valoda;Mīļākā maize;Piezīmes');
    expect(rejects).toEqual([
      expect.stringMatching(/^191;there is nothing after the @;ilze\.kalnina@;/),
      expect.stringMatching(/^405;the row has 5 cells, the header has 6;/),
    ]);
    expect(await json('show', 'kaldi', 'customers')).toMatchObject({
      recipients: expected.added,
      basis: 'consent',
    });
    expect((await sec('show', 'dentist', 'customers')).exitCode).toBe(2);
  });

  it('names the lines that came to each end, and what to think about, and no address', async () => {
    csv(
      'email;name\nanna@example.com;Anna\nANNA@example.com;A\ninfo@example.com;I\nbob@gmial.com;B\nx@mailinator.com;X\nbad;B\n',
    );
    const words = ['import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent'];
    const preview = await json(...words, '--dry-run');
    expect(preview).toMatchObject({
      examples: {
        added: [2, 4, 5],
        updated: [],
        unchanged: [],
        duplicates: [3],
        suppressed: [],
        rejected: [7],
      },
      warnings: [
        { rule: 'role-address', line: 4 },
        { rule: 'likely-typo', line: 5, message: expect.stringContaining('gmail.com') },
        { rule: 'throw-away', line: 6 },
      ],
    });
    expect(JSON.stringify(preview)).not.toMatch(/anna|bob|info@example/i);
    const shown = await sec(...words, '--dry-run');
    expect(shown.stdout).toMatch(/4 {2}new +lines 2, 4, 5 …\n/);
    expect(shown.stdout).toMatch(/1 {2}duplicates +line 3 /);
    expect(shown.stdout).toMatch(/slip of "gmail.com" \(first in line 5\)/);
  });

  it('keeps what people read when they agreed', async () => {
    csv('email;name\nanna@example.com;Anna\n');
    const words = ['import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent'];
    await sec(...words, '--source', 'form', '--wording', 'Jā, vēlos saņemt jaunumus', '--yes');
    const proof = await json('show', 'kaldi', 'customers', '--consent', 'Anna <anna@example.com>');
    expect(proof.evidence).toMatchObject([
      {
        basis: 'consent',
        source: 'form',
        wording: 'Jā, vēlos saņemt jaunumus',
        file: 'people.csv',
        line: 2,
        at: expect.stringMatching(/^\d{4}-/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    const shown = await sec('show', 'kaldi', 'customers', '--consent', 'anna@example.com');
    expect(shown.stdout).toContain('“Jā, vēlos saņemt jaunumus”');
  });

  it('shows what an import would do, and does nothing', async () => {
    csv('email;name\na@example.com;Anna\nbad;B\n');
    const preview = await json(
      'import',
      'kaldi',
      'customers',
      'people.csv',
      '--basis',
      'consent',
      '--dry-run',
    );
    expect(preview).toMatchObject({ rows: 2, added: 1, rejected: 1, rejects: null, dryRun: true });
    expect(preview.firstRejects).toEqual([{ line: 3, reason: 'there is no @ in the address' }]);
    expect(state()).toEqual([]);
  });

  it('refuses an import without a basis, and a file it cannot use, in words', async () => {
    csv('email;name\na@example.com;Anna\n');
    expect(await json('import', 'kaldi', 'customers', 'people.csv')).toMatchObject({
      error: { code: 'LIST_BASIS_MISSING', exitCode: 2 },
    });
    csv('Vārds;Kontakts\nAnna;anna@example.com\n');
    const { error } = await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent');
    expect(error).toMatchObject({
      code: 'CSV_NO_ADDRESS_COLUMN',
      details: { headers: ['Vārds', 'Kontakts'] },
    });
    expect(
      await json(
        'import',
        'kaldi',
        'customers',
        'people.csv',
        '--basis',
        'consent',
        '--map',
        'Kontakts=email',
      ),
    ).toMatchObject({ added: 1, columns: ['first_name'] });
  });

  it('never says that an import without a single person went well', async () => {
    csv('email;name\nanna;A\nberta;B\n');
    const { exitCode, stdout, stderr } = await sec(
      'import',
      'kaldi',
      'customers',
      'people.csv',
      '--basis',
      'consent',
    );
    expect(exitCode).toBe(65);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Not one of the 2 rows of people\.csv could be imported/);
    expect(await json('show', 'kaldi', 'customers')).toMatchObject({ error: { code: 'LIST_UNKNOWN' } });
  });

  it('shows the proof for one address, exports the list, and never repeats an address in an error', async () => {
    csv('email;name\nanna@example.com;=1+1\ngone@example.com;G\n');
    await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'customer', '--source', 'shop 2026');
    await json('suppress', 'kaldi', 'GONE@example.com', '--reason', 'asked');
    expect(await json('show', 'kaldi', 'customers', '--consent', 'Anna@Example.com')).toMatchObject({
      suppressed: false,
      evidence: [{ basis: 'customer', source: 'shop 2026', file: 'people.csv', line: 2 }],
    });
    const missing = await sec('show', 'kaldi', 'customers', '--consent', 'nobody@example.com', '--json');
    expect(missing.exitCode).toBe(1);
    expect(missing.stdout + missing.stderr).not.toContain('nobody');

    expect(await json('export', 'kaldi', 'customers', '--out', 'out.csv')).toMatchObject({
      recipients: 1,
      file: 'out.csv',
    });
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe("\ufeffemail;name\r\nanna@example.com;'=1+1\r\n");
    expect(statSync(join(cwd, 'out.csv')).mode & 0o777).toBe(0o600);
    expect(await json('export', 'kaldi', 'customers', '--out', 'out.csv')).toMatchObject({
      error: { code: 'EXPORT_EXISTS' },
    });
  });

  it('keeps a file of rejected rows until it was mended and imported, or is a month old', async () => {
    csv('email;name\na@example.com;Anna\nbad;B\n');
    const take = async (file: string) => json('import', 'kaldi', 'customers', file, '--basis', 'consent');
    const { rejects } = await take('people.csv');
    const first = join(cwd, rejects);
    writeFileSync(first, readFileSync(first, 'utf8').replace('bad', 'bad@example.com'));
    expect(await take(rejects)).toMatchObject({ added: 1, rejects: null });
    expect(existsSync(first)).toBe(false);

    const { rejects: again } = await take('people.csv');
    const { rejects: later } = await take('people.csv');
    const days = (n: number) => Temporal.Now.instant().subtract({ hours: 24 * n }).epochMilliseconds / 1000;
    utimesSync(join(cwd, again), days(40), days(40));
    csv('email;name\na@example.com;Anna\n');
    await take('people.csv');
    expect([again, later].map((file) => existsSync(join(cwd, file)))).toEqual([false, true]);
  });

  it("takes no file of another client, and writes no list into a website's folder", async () => {
    csv('email;name\na@example.com;Anna\nbad;B\n');
    const { rejects } = await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent');
    expect(await json('import', 'dentist', 'customers', rejects, '--basis', 'consent')).toMatchObject({
      error: { code: 'CSV_OTHER_CLIENT', exitCode: 77, details: { owner: 'kaldi' } },
    });
    expect(state().filter((path) => path.includes('dentist'))).toEqual([]);
    const out = join('sites', 'kaldi', 'customers.csv');
    expect(await json('export', 'kaldi', 'customers', '--out', out)).toMatchObject({
      error: { code: 'EXPORT_PUBLIC', exitCode: 77 },
    });
    expect(readdirSync(join(cwd, 'sites', 'kaldi'))).toEqual(['site.yaml']);
  });

  it('takes a suppression back only with a yes', async () => {
    await json('suppress', 'kaldi', 'anna@example.com');
    expect(await json('allow', 'kaldi', 'anna@example.com')).toMatchObject({
      error: { code: 'CONFIRMATION_NEEDED' },
    });
    expect(await json('allow', 'kaldi', 'anna@example.com', '--dry-run')).toMatchObject({
      changed: true,
      dryRun: true,
    });
    expect(await json('allow', 'kaldi', 'anna@example.com', '--yes')).toMatchObject({ changed: true });
    expect(await json('allow', 'kaldi', 'anna@example.com', '--yes')).toMatchObject({ changed: false });
  });

  it('checks a list, with exit 1 where something is broken', async () => {
    csv('email;name\na@gmial.com;Anna\n');
    await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent');
    expect(await json('check', 'kaldi', 'customers')).toMatchObject({ errors: 0, warnings: 1, exitCode: 0 });
    csv('email;name\nb@example.com;J\ufffdnis\n');
    await json('import', 'kaldi', 'customers', 'people.csv', '--basis', 'consent');
    expect(await json('check', 'kaldi', 'customers')).toMatchObject({ errors: 1, exitCode: 1 });
  });
});
