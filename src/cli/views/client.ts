import pc from 'picocolors';
import { table } from './table.ts';

export interface ClientRow {
  readonly client: string;
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly update: string;
}

export function clientListView(clients: readonly ClientRow[]): string {
  if (clients.length === 0) return 'No clients yet. Add the first one with: sec client add';
  const rows = clients.map((c) => [
    pc.bold(c.client),
    c.name,
    c.url,
    c.locales.join(', '),
    `updated ${c.update}`,
  ]);
  return table(rows);
}

export interface AddedClient {
  readonly client: string;
  readonly files: readonly string[];
  readonly added: boolean;
}

export function clientAddedView({ client, files, added }: AddedClient): string {
  const list = files.map((file) => `    ${file}`);
  if (!added)
    return [`${pc.bold(client)} would begin with these files; nothing was changed:`, ...list].join('\n');
  return [
    `${pc.green('✓')} ${pc.bold(client)} is added. These files are its beginning:`,
    ...list,
    '',
    `See the site:     sec site publish ${client}`,
    `Change a page:    sec site update ${client}`,
    `Its rules:        sec client show ${client}`,
  ].join('\n');
}

export interface ClientDetails extends ClientRow {
  readonly timezone: string;
  readonly host?: string | undefined;
  readonly sender?: { readonly name: string; readonly email: string } | undefined;
  readonly approvers: readonly string[];
  /** Whole sentences. */
  readonly rules: readonly string[];
}

/** The client's page of the handbook. */
export function clientView(c: ClientDetails): string {
  const facts = [
    ['Website', c.url],
    ['Languages', c.locales.join(', ')],
    ['Lives at', c.host ?? 'nowhere yet: add host: to site.yaml'],
    [
      'Promotions from',
      c.sender ? `${c.sender.name} <${c.sender.email}>` : 'nobody yet: add sender: to site.yaml',
    ],
    ['Approvers', c.approvers.join(', ') || 'none named'],
    ['Time zone', c.timezone],
    ['Updated', c.update],
  ];
  const rows = facts.map(([label = '', value = '']) => [`  ${pc.dim(label)}`, value]);
  return [
    pc.bold(c.name),
    '',
    table(rows),
    '',
    pc.bold('Rules'),
    ...c.rules.map((rule) => `  • ${rule}`),
  ].join('\n');
}
