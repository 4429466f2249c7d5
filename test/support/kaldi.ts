import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export interface KaldiOptions {
  /** Lines of site.yaml that take the place of these fields. */
  readonly host?: string;
  readonly policy?: string;
  readonly client?: string;
}

/** The contract's minimal workspace, with three pages: what a client begins with. */
export function kaldiWorkspace(options: KaldiOptions = {}): string {
  const workspace = temporaryFolder();
  write(
    workspace,
    'sec.yaml',
    'operator: {name: Office, email: office@example.com}\nlocale: en\ntimezone: Europe/Riga\n',
  );
  addClient(workspace, options);
  return workspace;
}

export function addClient(workspace: string, { host, policy, client = 'kaldi' }: KaldiOptions = {}): void {
  write(
    workspace,
    `sites/${client}/site.yaml`,
    [
      `name: ${client} Coffee`,
      `url: https://${client}.example`,
      'locales: [en]',
      'theme: default',
      `host: ${host ?? `file:public/${client}`}`,
      'approvers: [{name: Anna Berg, email: anna@kaldi.example}]',
      `policy: ${policy ?? '{approval: {site: none, campaign: none}}'}`,
      '',
    ].join('\n'),
  );
  page(workspace, '_index', 'Home', 'Fresh coffee every day.', client);
  page(workspace, 'about', 'About us', 'We roast.', client);
  page(workspace, 'prices', 'Prices', 'Sidamo 7.90', client);
}

export function page(workspace: string, name: string, title: string, body: string, client = 'kaldi'): void {
  const text = `---\ntitle: ${title}\ndescription: ${title} of the roastery\n---\n${body}\n`;
  write(workspace, `sites/${client}/content/${name}.md`, text);
}

export function write(workspace: string, path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

/** All files below a folder of the workspace, by path; empty where there is none. */
export function filesIn(workspace: string, folder: string): Record<string, string> {
  const dir = join(workspace, folder);
  if (!statSync(dir, { throwIfNoEntry: false })) return {};
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(dir, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}
