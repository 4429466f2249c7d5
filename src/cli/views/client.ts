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

export function clientAddedView(client: string, files: readonly string[]): string {
  return [
    `${pc.green('✓')} ${pc.bold(client)} is added. These files are its beginning:`,
    ...files.map((file) => `    ${file}`),
    '',
    `See the site:     sec site publish ${client}`,
    `Change a page:    sec site update ${client}`,
    `Its rules:        sec client show ${client}`,
  ].join('\n');
}
