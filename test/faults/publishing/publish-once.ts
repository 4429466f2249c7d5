// Publishes one of the two sites to the host of the order on the command line; meant to be killed on the way.
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, releaseIn, runPublication } from '../../support/publication.ts';
import { newSite, oldSite } from '../sites.ts';
import { openOrder } from './order.ts';

const [order = '', site = 'new'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'sec-victim-'));
const built = releaseIn(dir, site === 'new' ? newSite : oldSite);
const holder = { ...claim(`victim-${process.pid}`), machine: hostname(), pid: process.pid };
const host = await openOrder(JSON.parse(order), { seconds: 30, attempts: 3 });
await runPublication(host, built, holder);
rmSync(dir, { recursive: true });
