import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ForeignSite, foreignSite } from '../support/foreign-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const build = (site: ForeignSite, ...words: string[]) =>
  site.sec(['site', 'build', 'bakery', '--json', ...words]);
const files = (site: ForeignSite) =>
  readdirSync(join(site.root, 'out'), { recursive: true, encoding: 'utf8' }).sort();

describe('a site that another program makes', () => {
  it('is released like our own', async () => {
    const site = foreignSite();
    const ran = await build(site, '--out', 'out');
    expect(ran.stderr).toBe('');
    expect(ran.json()).toMatchObject({
      client: 'bakery',
      release: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), files: 2 },
      pages: { total: 2, rendered: 2, reused: 0 },
      warnings: [],
    });
    expect(files(site)).toEqual(['about', 'about/index.html', 'index.html']);
    expect(existsSync(site.path('public'))).toBe(false);
    expect(readdirSync(join(site.root, '.sec/clients/bakery/workshop'))).toEqual([]);
    const again = await build(site);
    expect(again.json().release).toEqual(ran.json().release);
  });

  it('sees neither keys nor settings of sec, and not the client’s rules', async () => {
    const site = foreignSite({
      script: `writeFileSync('public/seen.json', JSON.stringify({ names: Object.keys(process.env), files: readdirSync('.'), zone: process.env.TZ }));`,
    });
    site.write('check-baseline.yaml', '[]');
    const env = {
      SEC_VAULT_KEY_BAKERY: 'x',
      SENDGRID_API_KEY: 'SG.x',
      AWS_SECRET_ACCESS_KEY: 'x',
      LC_ALL: 'C',
    };
    await site.sec(['site', 'build', 'bakery', '--out', 'out'], { env });
    const { names, files: seen, zone } = JSON.parse(readFileSync(join(site.root, 'out/seen.json'), 'utf8'));
    expect(names).toEqual(expect.arrayContaining(['PATH', 'LC_ALL', 'SOURCE_DATE_EPOCH']));
    expect(names.filter((name: string) => /^SEC_|KEY|SENDGRID|AWS|NODE_OPTIONS/.test(name))).toEqual([]);
    expect(seen.sort()).toEqual(['content', 'make.mjs', 'public']);
    expect(zone).toBe('Europe/Riga');
  });

  it('keeps hidden files off the site, but for those of a web server', async () => {
    const site = foreignSite({
      script: `writeFileSync('public/.env', 'KEY=1'); writeFileSync('public/.htaccess', ''); mkdirSync('public/.git'); writeFileSync('public/.git/config', '');`,
    });
    const ran = await build(site, '--out', 'out');
    expect(ran.json()).toMatchObject({ warnings: ['Hidden files are not published: .env, .git'] });
    expect(files(site)).toEqual(['.htaccess', 'about', 'about/index.html', 'index.html']);
  });

  it('takes nothing that was built before for a new site', async () => {
    const site = foreignSite({ alone: true });
    site.write('public/index.html', '<title>Old</title>');
    expect((await build(site)).json()).toMatchObject({ error: { code: 'OUTPUT_REFUSED', exitCode: 65 } });
  });
});

describe('a generator that goes wrong', () => {
  it.each([
    ['fails', `console.log('page 7'); process.exit(3);`, 'GENERATOR_FAILED', 'ended with exit code 3'],
    ['is killed', `process.kill(process.pid, 'SIGTERM');`, 'GENERATOR_FAILED', 'ended with signal SIGTERM'],
    ['writes nothing', '', 'OUTPUT_REFUSED', 'there is no folder public'],
    ['makes an empty folder', `mkdirSync('public');`, 'OUTPUT_REFUSED', 'nothing is in public'],
    [
      'makes no page',
      `mkdirSync('public'); writeFileSync('public/a.css', '');`,
      'OUTPUT_REFUSED',
      'not one HTML page',
    ],
    [
      'links out of the folder',
      `mkdirSync('public'); writeFileSync('public/index.html', ''); symlinkSync('/etc/hostname', 'public/host.html');`,
      'SYMLINK_REFUSED',
      'sites/bakery/public/host.html is a symbolic link',
    ],
    [
      'links to a folder outside',
      `symlinkSync('../../../..', 'public');`,
      'SYMLINK_REFUSED',
      'sites/bakery/public is a symbolic link',
    ],
    [
      'writes outside',
      `mkdirSync('../../astray'); writeFileSync('../../astray/index.html', '<title>Astray</title>');`,
      'OUTPUT_REFUSED',
      'there is no folder public',
    ],
  ])('%s: the last good build stays', async (_, script, code, words) => {
    const site = foreignSite();
    const good = (await build(site)).json().release;
    site.write(
      'make.mjs',
      `import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';\nvoid [mkdirSync, symlinkSync, writeFileSync];\n${script}`,
    );
    const ran = await build(site);
    expect(ran.json()).toMatchObject({ error: { code, message: expect.stringContaining(words) } });
    const { digest } = good as { digest: string };
    const published = await site.sec(['site', 'publish', 'bakery', '--release', digest, '--yes', '--json']);
    expect(published.json()).toMatchObject({ applied: true, release: digest });
    expect(readdirSync(join(site.root, '.sec/clients/bakery/workshop'))).toEqual([]);
  });

  it('shows the end of what it said, without colours and paths of this machine', async () => {
    const site = foreignSite({
      script: `for (let n = 1; n <= 40; n++) console.log('line ' + n); console.error('\\u001b[31mno: ' + process.cwd() + '/x\\u001b[0m'); process.exit(1);`,
    });
    const { message } = (await build(site)).json<{ error: { message: string } }>().error;
    expect(message.split('\n').slice(-2)).toEqual(['    | line 40', '    | no: ./x']);
    expect(message).not.toContain('line 20\n');
  });

  it.each([
    ['hangs', 'timeout', { timeout: 1 }],
    ['is still running at Ctrl-C', 'interrupt', {}],
  ])('that %s is ended with all that it started', async (_, how, settings) => {
    const dir = temporaryFolder();
    const pids = join(dir, 'pids');
    const site = foreignSite({
      alone: true,
      build: settings,
      script: `import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
console.log('serving');
${how === 'interrupt' ? 'process.kill(process.ppid, "SIGINT");' : ''}
setInterval(() => {}, 1000);`,
    });
    const ran = await build(site);
    const error =
      how === 'timeout'
        ? { code: 'GENERATOR_TIMEOUT', details: { seconds: 1, output: ['serving'] } }
        : { code: 'CANCELLED', exitCode: 130 };
    expect(ran.json()).toMatchObject({ error });
    for (const pid of readFileSync(pids, 'utf8').split(' ')) await gone(Number(pid));
  });
});

/** Waits until a process is no more; a test that waits for ever fails by its time limit. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
