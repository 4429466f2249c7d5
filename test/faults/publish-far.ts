// Publishes one of the two sites to the place named on the command line; meant to be killed on the way.
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { openFar } from './far-place.ts';
import { newSite, oldSite } from './sites.ts';

const [place = '', site = 'new'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'sec-victim-'));
const built = releaseIn(dir, site === 'new' ? newSite : oldSite);
const holder = { ...claim(`victim-${process.pid}`), machine: hostname(), pid: process.pid };
process.stdout.write('begun\n');
await runPublication(openFar(JSON.parse(place), 30), built, holder);
rmSync(dir, { recursive: true });
