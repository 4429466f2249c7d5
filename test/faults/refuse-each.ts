// Lets each change of the disk fail once, in a fresh workspace each time, and tells how each ended.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSecError } from '../../src/core/errors/index.ts';
import { claim, releaseIn, runPublication } from '../support/publication.ts';
import { type Fault, lift, plant } from './faulty-fs.ts';
import { hostIn, newSite, oldSite, served, theirs, webRoot } from './sites.ts';

const [dir = '', fault = 'EIO', mode = 'linked'] = process.argv.slice(2);

/** How one run with one fault ended. */
export interface Ending {
  readonly at: number;
  readonly code: string;
  readonly message: string;
  readonly live: Record<string, string>;
  readonly after: Record<string, string>;
  readonly locked: boolean;
}

for (let at = 1; ; at++) {
  const workspace = join(dir, String(at));
  if (mode === 'inPlace') {
    mkdirSync(webRoot(workspace), { recursive: true });
    writeFileSync(join(webRoot(workspace), theirs.path), theirs.text);
  }
  await runPublication(hostIn(workspace), releaseIn(join(workspace, 'old'), oldSite), claim('first'));
  const built = releaseIn(join(workspace, 'new'), newSite);
  plant(fault as Fault, at);
  const error = await runPublication(hostIn(workspace), built, claim('struck')).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const calls = lift();
  const live = served(workspace);
  const locked = (await hostIn(workspace).lock()) !== undefined;
  await hostIn(workspace).unlock();
  await runPublication(hostIn(workspace), built, claim('again'));
  const code = error === undefined ? 'none' : isSecError(error) ? error.code : String(error);
  const message = error instanceof Error ? error.message : '';
  const ending: Ending = { at, code, message, live: { ...live }, after: { ...served(workspace) }, locked };
  process.stdout.write(`${JSON.stringify(ending)}\n`);
  rmSync(workspace, { recursive: true, force: true });
  if (calls < at) break;
}
