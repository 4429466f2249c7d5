import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { redact } from '../../src/cli/redact.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { fail } from '../../src/core/errors/index.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('an error', () => {
  it('is exactly one object under --json, without configuration or paths of the home folder', async () => {
    const ran = await sec(['client', 'list', '--json'], { cwd: temporaryFolder() });
    expect(ran.code).toBe(78);
    expect(ran.stderr).toBe('');
    const { error } = ran.json<{ error: Record<string, unknown> }>();
    expect(Object.keys(error)).toEqual(['code', 'message', 'hint', 'exitCode', 'details']);
    expect(error).toMatchObject({ code: 'WORKSPACE_NOT_FOUND', exitCode: 78 });
    expect(ran.stdout).not.toContain(homedir());
    expect(ran.stdout).not.toContain('pjson');
  });

  it('is a sentence and a hint otherwise, on stderr, never a stack trace', async () => {
    const ran = await sec(['client', 'list'], { cwd: temporaryFolder() });
    expect(ran).toMatchObject({ code: 78, stdout: '' });
    expect(ran.stderr).toMatch(/There is no workspace in .*\n {2}Go to the folder that holds sec\.yaml/);
    expect(ran.stderr).not.toMatch(/\bat .*\.ts:\d/);
  });

  it.each([
    [['clinet', 'list'], /Did you mean "client list"/],
    [['client', 'list', '--bogus'], /There is no option --bogus/],
    [['client', 'list', 'word'], /There is a word too many: word/],
  ])('of usage has exit code 2: %j', async (args, message) => {
    const ran = await sec(args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(message);
    const json = await sec([...args, '--json']);
    expect(json.json<{ error: object }>().error).toMatchObject({ exitCode: 2 });
  });

  it.each([
    [['site', 'publish', '--acept-drift'], ['--accept-drift']],
    [['site', 'publish', '--hots=sftp://user:hunter2@web.example'], ['--host']],
    [['site', 'update', '--no-publsh'], ['--no-publish']],
    [['client', 'list', '--josn'], ['--json']],
    [['client', 'list', '--bogus'], undefined],
    [['promo', 'test', '--foo'], undefined],
    [['client', 'list', '-x'], undefined],
  ])('of an option that there is not names a near one: %j', async (args, near) => {
    const { error } = (await sec([...args, '--json'])).json<{ error: { hint: string; details: object } }>();
    const help = `sec ${args[0]} ${args[1]} --help`;
    const hint = near ? `Did you mean ${near[0]}? All options: ${help}` : `See: ${help}`;
    expect(error).toMatchObject({ code: 'USAGE', exitCode: 2, hint });
    expect(error.details).toEqual({
      problem: `There is no option ${args[2]?.split('=')[0]}.`,
      command: `${args[0]} ${args[1]}`,
      near,
    });
  });

  it('names a missing word and the choices where nobody can be asked', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'sec.yaml'), 'operator: {name: O, email: o@office.example}\n');
    mkdirSync(join(dir, 'sites/bakery'), { recursive: true });
    writeFileSync(join(dir, 'sites/bakery/site.yaml'), 'name: B\nurl: https://b.example\n');
    const ran = await sec(['client', 'show', '--json'], { cwd: dir });
    expect(ran.json()).toMatchObject({
      error: { code: 'WORD_MISSING', exitCode: 2, details: { word: 'client', choices: ['bakery'] } },
    });
  });
});

it.each([
  ['smtp://user:p@ss@mail.example', 'smtp://user:…@mail.example'],
  ['smtp://user:p/w@mail.example:25/', 'smtp://user:…@mail.example:25/'],
  ['see https://a.example:8080/x and anna@b.example', 'see https://a.example:8080/x and anna@b.example'],
])('takes the password out of %s', (text, shown) => expect(redact(text)).toBe(shown));

it('shortens the home folder, and not a user of the same name', () => {
  const home = homedir();
  const name = home.slice(home.lastIndexOf('/') + 1);
  expect(redact(`${home}/a, "${home}", file://${home}/b, ${home}.`)).toBe('~/a, "~", file://~/b, ~.');
  for (const text of [`rsync:/${home}@web.example/www`, `${home}s/x`, `sftp://${name}@web.example`])
    expect(redact(text)).toBe(text);
});

it('redacts what must not be printed', () => {
  const key = `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`;
  expect(redact(`smtp://user:hunter2@mail.example Bearer abcdefghijkl ${key}`)).toBe(
    'smtp://user:…@mail.example Bearer … SG.aaaa…',
  );
});

describe('what --json prints of a failure', () => {
  const printed = (error: unknown): { error: { message: string; details: Record<string, unknown> } } => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      reportError(error, ['--json']);
      return JSON.parse(String(write.mock.calls[0]?.[0]));
    } finally {
      write.mockRestore();
    }
  };

  it('is whole JSON, whatever stands in the details', () => {
    const details = { transport: 'smtp://mail.example:25', problem: 'x', fits: 'anna:b@c' };
    expect(printed(fail('TRANSPORT_INVALID', details)).error.details).toEqual(details);
    const secret = fail('TRANSPORT_INVALID', { ...details, fits: 'smtp://user:a@b:"c/d@mail.example' });
    expect(printed(secret).error.details.fits).toBe('smtp://user:…@mail.example');
  });

  it('holds no address, also where sec itself is at fault or a word is too many', () => {
    const bug = new SyntaxError('Unexpected token, "{"email":"anna.berzina@example.com"}" is not valid JSON');
    const usage = Object.assign(new Error('Unexpected argument: anna.berzina@example.com'), { oclif: {} });
    const system = Object.assign(new Error('ENOENT'), {
      errno: -2,
      code: 'ENOENT',
      path: '/x/anna.berzina@example.com.eml',
    });
    for (const error of [bug, usage, system]) expect(JSON.stringify(printed(error))).not.toContain('anna');
  });
});
