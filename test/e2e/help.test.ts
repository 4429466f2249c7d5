import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sec } from '../support/sec.ts';
import { minimalWorkspace } from './workspace.ts';

const root = resolve(import.meta.dirname, '../..');
const commands = readdirSync(join(root, 'src/commands'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, '').split('/'));

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('sec %s names every topic', async (word) => {
    const { code, stdout } = await sec([word]);
    expect(code).toBe(0);
    for (const topic of new Set(commands.map(([first]) => first))) expect(stdout).toContain(`  ${topic} `);
  });

  it('sec help promo pause is sec promo pause --help', async () => {
    const [one, other] = await Promise.all([
      sec(['help', 'promo', 'pause']),
      sec(['promo', 'pause', '--help']),
    ]);
    expect(one).toMatchObject({ code: 0, stdout: other.stdout });
    expect(one.stdout).toContain('sec promo pause');
  });

  it.each(commands.map((words) => ({ name: words.join(' '), words })))(
    '$name: summary, flags and examples follow one form',
    async ({ words, name }) => {
      const module = await import(join(root, 'src/commands', `${words.join('/')}.ts`));
      const { summary, description = '', examples = [], flags = {}, baseFlags } = module.default;
      expect(summary).toMatch(/^[^A-Z].*[^.]$/s);
      expect(description).toMatch(/^$|^[A-Z].*\.$/s);
      for (const example of examples)
        expect(example.replace('<%= config.bin %>', 'sec')).toMatch(new RegExp(`^sec ${name}( |$)`));
      for (const [flag, { description: text }] of Object.entries<{ description: string }>({
        ...flags,
        ...baseFlags,
      }))
        expect(`${flag}: ${text}`).toMatch(/^[a-z-]+: [^A-Z].*[^.]$/);
      if (changing.test(name)) expect(Object.keys(flags)).toEqual(expect.arrayContaining(['dry-run', 'yes']));
    },
  );
});

/** Commands that change something, as the contract has it: all of these can be looked at first. */
const changing =
  /^(init|client add|site (update|new|publish|rollback|unlock)|list (import|export|suppress|allow)|promo (new|test|send|pause|resume|cancel|resolve))$/;

describe('where the workspace is', () => {
  it('is looked for upwards, named by the environment, and best by the flag', async () => {
    const [one, two] = [minimalWorkspace(), minimalWorkspace()];
    const below = join(one, 'sites/kaldi/content/deep');
    mkdirSync(below, { recursive: true });
    const nowhere = join(two, 'nowhere');
    const runs = await Promise.all([
      sec(['client', 'list', '--json'], { cwd: below }),
      sec(['client', 'list', '--json'], { env: { SEC_WORKSPACE: one } }),
      sec(['client', 'list', '--json', '--workspace', two], { env: { SEC_WORKSPACE: nowhere } }),
      sec(['client', 'list', '--json'], { cwd: below, env: { SEC_WORKSPACE: '' } }),
    ]);
    for (const ran of runs) expect(ran.json()).toMatchObject({ clients: [{ client: 'kaldi' }] });
    const wrong = await sec(['client', 'list', '--json'], { cwd: below, env: { SEC_WORKSPACE: nowhere } });
    expect(wrong).toMatchObject({ code: 78, stderr: '' });
  });
});

describe('what is said where', () => {
  it('keeps results on stdout and the way there on stderr; --quiet says nothing, but for what is wrong', async () => {
    const cwd = minimalWorkspace();
    const [loud, quiet, wrong] = await Promise.all([
      sec(['site', 'build', 'kaldi'], { cwd }),
      sec(['site', 'build', 'kaldi', '--quiet'], { cwd: minimalWorkspace() }),
      sec(['site', 'build', 'kaldy', '--quiet'], { cwd }),
    ]);
    expect(loud).toMatchObject({ code: 0, stderr: expect.stringContaining('Building 3 pages') });
    expect(loud.stdout).not.toContain('Building');
    expect(quiet).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('kaldy') });
  });

  it('survives a reader that leaves', async () => {
    const child = spawn(process.execPath, [join(root, 'bin/dev.js'), 'promo', 'send', '--help'], {
      cwd: root,
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('shows a dry run of what has no other way back, and changes nothing', async () => {
    const cwd = minimalWorkspace();
    const added = await sec(
      [
        'client',
        'add',
        'tea',
        '--name',
        'Tea',
        '--url',
        'https://tea.example',
        '--email',
        'a@tea.example',
        '--address',
        'Hill 3',
        '--dry-run',
        '--json',
      ],
      { cwd },
    );
    expect(added.json()).toMatchObject({
      added: false,
      files: expect.arrayContaining(['sites/tea/site.yaml']),
    });
    expect(readdirSync(join(cwd, 'sites'))).toEqual(['kaldi']);
    const begun = await sec(['init', 'office', '--operator', 'A', '--email', 'a@tea.example', '--dry-run'], {
      cwd,
    });
    expect(begun).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was changed') });
    expect(readdirSync(cwd)).not.toContain('office');
    const tested = await sec(
      [
        'promo',
        'test',
        'kaldi',
        'spring',
        '--to',
        'a@tea.example',
        '--transport',
        'outbox:out',
        '--dry-run',
        '--json',
      ],
      { cwd },
    );
    expect(tested.json()).toMatchObject({ sent: false });
    expect(readdirSync(cwd)).not.toContain('out');
    expect(readFileSync(join(cwd, 'sec.yaml'), 'utf8')).toContain('Office');
  });
});
