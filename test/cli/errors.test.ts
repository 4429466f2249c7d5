import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/cli/redact.ts';
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

it('redacts what must not be printed', () => {
  const key = `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`;
  expect(redact(`smtp://user:hunter2@mail.example Bearer abcdefghijkl ${key}`)).toBe(
    'smtp://user:…@mail.example Bearer … SG.aaaa…',
  );
});
