// Publishes the new site to the host of the order on the command line; whoever started it may kill it at any moment.
import { mkdtempSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { openRemote } from './remote-places.ts';
import { newSite } from './sites.ts';

const [order = '', dir = ''] = process.argv.slice(2);
const built = releaseIn(mkdtempSync(join(dir, 'built-')), newSite);
await runPublication(openRemote(JSON.parse(order)), built, {
  ...claim(`victim-${process.pid}`),
  machine: hostname(),
  pid: process.pid,
});
