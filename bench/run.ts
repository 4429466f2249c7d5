/** `npm run bench`: sec beside its peers, in one run. Arguments choose the parts: `npm run bench -- startup`. */
import { fileURLToPath } from 'node:url';
import { importList } from './import.ts';
import { ledger } from './ledger.ts';
import { printRows, type Row } from './lib/row.ts';
import { merge } from './merge.ts';
import { publishing } from './publish.ts';
import { sendgrid } from './sendgrid.ts';
import { siteBuild } from './site-build.ts';
import { sitePreview } from './site-preview.ts';
import { smtp } from './smtp.ts';
import { startup } from './startup.ts';
import { workers } from './workers.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const parts: Record<string, (root: string) => Promise<Row[]>> = {
  startup,
  merge,
  smtp,
  sendgrid,
  workers,
  ledger,
  site: siteBuild,
  preview: sitePreview,
  import: importList,
  publish: publishing,
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await measure(root)));
}
printRows(rows);
