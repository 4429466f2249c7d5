import pc from 'picocolors';

export interface NewPageResult {
  readonly client: string;
  readonly page: string;
  readonly file: string;
  readonly created: boolean;
}

export function newPageView({ client, page, file, created }: NewPageResult): string {
  if (!created) return `Would begin ${file}. Nothing was written.`;
  return `${pc.green('✓')} ${file} is there, as a draft.\n  Write it with: sec site update ${client} ${page} --edit\n  It is on the site once its draft field says false.`;
}
