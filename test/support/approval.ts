import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { write } from './kaldi.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { secWith } from './with-env.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  json<T = Record<string, unknown>>(): T;
}

/** Runs sec in this process, in a workspace, with keys in a folder of their own. */
export async function secIn(cwd: string, keys: string, words: readonly string[]): Promise<Ran> {
  const { code, stdout } = await secWith({ SEC_KEYS: keys }, [...words, '--workspace', cwd]);
  return { code, stdout, json: () => JSON.parse(stdout) };
}

export interface Office {
  readonly cwd: string;
  /** Where its private keys are. */
  readonly keys: string;
  /** Runs sec in this workspace, with keys in a folder of its own. */
  run(...words: string[]): Promise<Ran>;
  /** The mails that were sent, in the order of their names. */
  mails(): Promise<Email[]>;
  /** Which code of the newest mail's two. */
  code(which: 'approve' | 'changes'): Promise<string>;
}

export interface OfficeOptions {
  readonly policy?: string;
  readonly locale?: string;
  readonly approvers?: string;
  readonly desk?: string;
}

/** A client that approves its site and its campaigns, with an outbox for its mail. */
export function approvingOffice(options: OfficeOptions = {}): Office {
  const cwd = temporaryFolder();
  const keys = temporaryFolder();
  write(
    cwd,
    'sec.yaml',
    `operator: {name: Birojs, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n${options.desk ? `desk: ${options.desk}\n` : ''}`,
  );
  write(cwd, 'sites/kaldi/site.yaml', siteYaml(options));
  page(cwd, '_index', 'Home', 'Fresh coffee every day.');
  page(cwd, 'prices', 'Prices', 'Sidamo 7.90 €');
  const brief = `---\nsubject: 'Spring blends, {{or first_name "friend"}}'\n---\nHello {{or first_name "friend"}}. Our **spring blends** have arrived.\n`;
  write(cwd, 'campaigns/kaldi/spring/campaign.md', brief);
  write(
    cwd,
    'customers.csv',
    'email,First name\nanna@example.com,Anna\nbob@example.org,\nconstanze@example.com,Constanze-Maria\n',
  );
  const sent = () =>
    existsSync(join(cwd, 'outbox'))
      ? readdirSync(join(cwd, 'outbox')).filter((name) => name.startsWith('approval-'))
      : [];
  const seen = new Set<string>();
  let newest: string | undefined;
  const run = async (...words: string[]) => {
    const ran = await secIn(cwd, keys, words);
    for (const name of sent()) {
      if (!seen.has(name)) newest = name;
      seen.add(name);
    }
    return ran;
  };
  const read = (name: string) => PostalMime.parse(readFileSync(join(cwd, 'outbox', name)));
  return {
    cwd,
    keys,
    run,
    mails: () => Promise.all(sent().map(read)),
    async code(which) {
      const { text = '' } = await read(newest ?? '');
      const codes = text.match(/\b([2-9A-Z]{5}-){3}[2-9A-Z]{5}\b/g) ?? [];
      return codes[which === 'approve' ? 0 : 1] ?? '';
    },
  };
}

export function siteYaml({ policy, locale = 'en', approvers }: OfficeOptions = {}): string {
  return `name: Kaldi Coffee
url: https://kaldi.example
locales: [${locale}]
host: file:public/kaldi
sender: {name: Kaldi Coffee, email: news@kaldi.example, address: "1 Bean Street, Riga", transport: "outbox:outbox"}
approvers: ${approvers ?? '[{name: Anna Berg, email: anna@kaldi.example}]'}
policy: ${policy ?? '{approval: {site: required, campaign: required}}'}
`;
}

export function page(cwd: string, name: string, title: string, body: string): void {
  write(
    cwd,
    `sites/kaldi/content/${name}.md`,
    `---\ntitle: ${title}\ndescription: ${title} of the roastery\n---\n${body}\n`,
  );
}
