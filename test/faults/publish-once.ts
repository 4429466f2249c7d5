// Publishes the new site of a pair to the workspace named on the command line, and dies at the given change of the disk.
import { hostname } from 'node:os';
import { join } from 'node:path';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { lift, plant } from './faulty-fs.ts';
import { hostIn, sitePair } from './sites.ts';

const [workspace = '', pair = '0', at = '0'] = process.argv.slice(2);
const built = releaseIn(join(workspace, 'built-new'), sitePair(Number(pair)).new);
plant('SIGKILL', Number(at) || Number.POSITIVE_INFINITY);
await runPublication(hostIn(workspace), built, {
  ...claim(`victim-${process.pid}`),
  machine: hostname(),
  pid: process.pid,
});
process.stdout.write(String(lift()));
