import { describe, expect, it } from 'vitest';
import { filesIn, write } from '../support/kaldi.ts';
import { sec } from '../support/sec.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { minimalWorkspace } from './workspace.ts';

const site = 'sites/kaldi/site.yaml';
const brief = 'campaigns/kaldi/spring/campaign.md';
const publish = 'site publish kaldi --yes';
const send = 'promo send kaldi spring --csv customers.csv --basis customer --transport outbox:out --yes';

interface Case {
  readonly what: string;
  readonly words: string;
  readonly code: string;
  readonly exit: number;
  readonly says: RegExp;
  readonly hint: RegExp;
  /** Files by path, or what becomes of one that is there. */
  readonly files?: Readonly<Record<string, string | ((text: string) => string)>>;
}

const host = (place: string) => ({
  [site]: (text: string) => text.replace('file:public/kaldi ', `file:${place} `),
});

const cases: readonly Case[] = [
  {
    what: 'an unknown client',
    words: 'site publish kaldy --yes',
    code: 'CLIENT_UNKNOWN',
    exit: 2,
    says: /kaldy/,
    hint: /Did you mean "kaldi"/,
  },
  {
    what: 'an unknown campaign',
    words: send.replace('spring', 'sprng'),
    code: 'CAMPAIGN_UNKNOWN',
    exit: 2,
    says: /sprng/,
    hint: /Did you mean "spring"/,
  },
  {
    what: 'a missing word',
    words: 'promo send kaldi',
    code: 'WORD_MISSING',
    exit: 2,
    says: /<campaign>/,
    hint: /One of: spring/,
  },
  {
    what: 'a command of no topic',
    words: 'site publih kaldi',
    code: 'COMMAND_UNKNOWN',
    exit: 2,
    says: /"site publih"/,
    hint: /Did you mean "site publish"/,
  },
  {
    what: 'a command without its topic',
    words: 'publish kaldi',
    code: 'COMMAND_UNKNOWN',
    exit: 2,
    says: /"publish"/,
    hint: /Did you mean "site publish"/,
  },
  {
    what: 'a topic alone',
    words: 'site',
    code: 'WORD_MISSING',
    exit: 2,
    says: /<command>/,
    hint: /sec site --help/,
  },
  {
    what: 'no yes',
    words: send.replace(' --yes', ''),
    code: 'CONFIRMATION_NEEDED',
    exit: 2,
    says: /to 2 people through outbox:out/,
    hint: /--dry-run/,
  },
  {
    what: 'broken YAML',
    words: publish,
    files: { [site]: (text) => text.replace('policy:', 'policy') },
    code: 'YAML_BROKEN',
    exit: 78,
    says: /site\.yaml, line 10/,
    hint: /Mend that line/,
  },
  {
    what: 'a misspelt field',
    words: publish,
    files: { [site]: (text) => text.replace('policy:', 'polcy:') },
    code: 'FIELD_INVALID',
    exit: 78,
    says: /line 10.*"polcy"/,
    hint: /Did you mean "policy"/,
  },
  {
    what: 'an unknown merge field',
    words: send,
    files: { [brief]: (text) => text.replace('Hello', 'Hello {{frist_name}}') },
    code: 'MERGE_FIELD_UNKNOWN',
    exit: 65,
    says: /line 14: .*frist_name/,
    hint: /Did you mean "first_name"/,
  },
  {
    what: 'a CSV without addresses',
    words: send,
    files: { 'customers.csv': 'Vards,Telefons\nA,1\n' },
    code: 'CSV_NO_ADDRESS_COLUMN',
    exit: 65,
    says: /"Vards", "Telefons"/,
    hint: /--map "Vards=email"/,
  },
  {
    what: 'a list of headers alone',
    words: send,
    files: { 'customers.csv': 'email,first_name\n' },
    code: 'CSV_EMPTY',
    exit: 65,
    says: /not a single row/,
    hint: /right file/,
  },
  {
    what: 'an empty file',
    words: send,
    files: { 'customers.csv': '' },
    code: 'CSV_EMPTY',
    exit: 65,
    says: /nothing in it/,
    hint: /right file/,
  },
  {
    what: 'a list of nobody',
    words: send,
    files: { 'customers.csv': 'email,first_name\nx,y\n' },
    code: 'AUDIENCE_EMPTY',
    exit: 65,
    says: /The one row of/,
    hint: /reasons/,
  },
  {
    what: 'a template that does not compile',
    words: send,
    files: { 'templates/email/promo.mjml': '<mjml><mj-body>\n<mj-colum/></mj-body></mjml>' },
    code: 'TEMPLATE_BROKEN',
    exit: 78,
    says: /promo\.mjml, line 2: .*mj-colum/,
    hint: /sec promo preview/,
  },
  {
    what: 'a host below a file',
    words: publish,
    files: { blocker: 'x', ...host('blocker/kaldi') },
    code: 'HOST_STATE_UNREADABLE',
    exit: 69,
    says: /Nothing was published/,
    hint: /does not guess/,
  },
  {
    what: 'a host that cannot be written',
    words: publish,
    files: host('/proc/kaldi'),
    code: 'HOST_NOT_WRITABLE',
    exit: 73,
    says: /file:\/proc\/kaldi/,
    hint: /./,
  },
  {
    what: 'a host on a disk that is not there',
    words: publish,
    files: host('/nowhere-at-all/kaldi'),
    code: 'HOST_FOLDER_MISSING',
    exit: 69,
    says: /\/nowhere-at-all/,
    hint: /disk/,
  },
];

/** Only Linux has a folder that not even its administrator can write to. */
const isHere = ({ code }: Case) => code !== 'HOST_NOT_WRITABLE' || process.platform === 'linux';

describe('bad input changes nothing and says what to do', () => {
  it.each(cases.filter(isHere))('$what', async ({ words, files = {}, code, exit, says, hint }) => {
    const cwd = minimalWorkspace();
    const there = filesIn(cwd, '.');
    for (const [path, text] of Object.entries(files))
      write(cwd, path, typeof text === 'string' ? text : text(there[path] ?? ''));
    const before = filesIn(cwd, '.');
    const ran = await sec([...words.split(' '), '--json'], { cwd });
    expect(ran.json()).toMatchObject({
      error: {
        code,
        message: expect.stringMatching(says),
        hint: expect.stringMatching(hint),
        exitCode: exit,
      },
    });
    expect(ran).toMatchObject({ code: exit, stderr: '' });
    expect(withoutState(filesIn(cwd, '.'))).toEqual(before);
  });

  it('no workspace', async () => {
    const cwd = temporaryFolder();
    const ran = await sec(['client', 'list'], { cwd });
    expect(ran).toMatchObject({
      code: 78,
      stdout: '',
      stderr: expect.stringMatching(/no sec\.yaml[\s\S]*--workspace[\s\S]*sec init/),
    });
    expect(filesIn(cwd, '.')).toEqual({});
  });

  it('a send to nobody in particular', async () => {
    const cwd = minimalWorkspace();
    const brief = filesIn(cwd, 'campaigns')['kaldi/spring/campaign.md'] ?? '';
    write(cwd, 'campaigns/kaldi/spring/campaign.md', brief.replace('list: customers\n', ''));
    const ran = await sec(['promo', 'send', 'kaldi', 'spring', '--yes', '--json'], { cwd });
    expect(ran.json()).toMatchObject({ error: { code: 'AUDIENCE_MISSING', exitCode: 2 } });
  });

  it('a workspace without a client', async () => {
    const cwd = temporaryFolder();
    write(cwd, 'sec.yaml', 'operator: {name: Office, email: office@example.com}\n');
    const ran = await sec(['client', 'show', '--json'], { cwd });
    expect(ran.json()).toMatchObject({
      error: { code: 'CLIENTS_NONE', hint: expect.stringMatching(/sec client add/) },
    });
  });
});

/** All but what sec keeps for itself. */
const withoutState = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.sec/')));
