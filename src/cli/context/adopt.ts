import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Recognised } from '../../adapters/generators/recognise/recogniser.ts';
import type { TakeOver } from '../../adapters/generators/take-over.ts';
import { fail } from '../../core/errors/index.ts';
import { type AdoptedFacts, adoptedSite, checkClientName } from '../../workspace/index.ts';
import type { Context } from './context.ts';

/** A folder with a site that somebody else built, recognised. */
export interface FoundSite extends Recognised {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** As the user wrote it. */
  readonly folder: string;
}

/** What `sec client add --adopt --json` prints. */
export interface Adoption {
  readonly client: string;
  readonly generator: string;
  readonly name: string;
  readonly url: string;
  readonly locales: readonly string[];
  readonly build: Recognised['build'];
  /** Files that were copied, or would be; 0 where the site lies in the workspace already. */
  readonly copied: number;
  readonly leftOut: readonly string[];
  readonly files: readonly string[];
  readonly prepare: string | null;
  readonly applied: boolean;
}

/**
 * Looks at a folder and says what made the site in it. Nothing in it is run.
 *
 * @throws ADOPT_FOLDER, ADOPT_UNKNOWN
 */
export async function findSite(context: Context, folder: string): Promise<FoundSite> {
  const path = resolve(context.cwd, folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw fail('ADOPT_FOLDER', { folder, problem: 'there is no such folder' });
  const dir = realpathSync(path);
  const [{ openProject }, { recognise, recognisers }] = await Promise.all([
    import('../../adapters/generators/recognise/project.ts'),
    import('../../adapters/generators/recognise/registry.ts'),
  ]);
  const found = recognise(openProject(dir));
  if (!found) throw fail('ADOPT_UNKNOWN', { folder, known: recognisers.map(({ generator }) => generator) });
  return { ...found, dir, folder };
}

/**
 * Makes a client of a found site: a copy of its folder as `sites/<client>/`, with a site.yaml. A folder that is
 * `sites/<client>/` already only gets the site.yaml.
 *
 * @throws CLIENT_NAME_INVALID, CLIENT_EXISTS, ADOPT_FOLDER, FIELD_INVALID, SYMLINK_REFUSED, with nothing changed
 */
export async function adoptSite(
  context: Context,
  client: string,
  found: FoundSite,
  facts: Omit<AdoptedFacts, 'build'>,
  dryRun: boolean,
): Promise<Adoption> {
  checkClientName(client);
  const to = join(realpathSync(context.workspace().root), 'sites', client);
  const isThere = found.dir === to;
  refuseFolder(context, client, found, isThere);
  const { part, generator, prepare, dir, folder } = found;
  const build = isThere && part !== undefined ? { copy: part } : found.build;
  const copied = copiedFolder(build);
  const plan: TakeOver = {
    from: part !== undefined && !isThere ? join(dir, part) : dir,
    to,
    into: copied ?? '.',
    output: typeof build === 'object' && 'output' in build ? build.output : undefined,
    siteYaml: adoptedSite(client, { ...facts, build }),
    stateDir: context.workspace().stateDir,
    name: (location) => location.replace(dir, folder.replace(/[\\/]+$/, '')),
  };
  const { lookThrough, takeOver } = await import('../../adapters/generators/take-over.ts');
  return {
    client,
    generator,
    name: facts.name,
    url: facts.url,
    locales: facts.locales,
    build,
    ...(dryRun ? lookThrough(plan) : takeOver(plan)),
    files: [`sites/${client}/site.yaml`],
    prepare: prepare ?? null,
    applied: !dryRun,
  };
}

/** One client's folder never becomes another's, nor does the office's own. @throws CLIENT_EXISTS, ADOPT_FOLDER, SYMLINK_REFUSED */
function refuseFolder(
  context: Context,
  client: string,
  { dir, folder, part, build }: FoundSite,
  isThere: boolean,
): void {
  const workspace = context.workspace();
  const root = realpathSync(workspace.root);
  const place = (...names: string[]) => join(root, ...names);
  const refuse = (problem: string) => fail('ADOPT_FOLDER', { folder, problem });
  if (existsSync(isThere ? place('sites', client, 'site.yaml') : place('sites', client)))
    throw fail('CLIENT_EXISTS', { client });
  if (isWithin(root, dir)) throw refuse('your whole workspace is in it');
  if (isWithin(dir, place('.sec')) || isWithin(dir, place('campaigns')))
    throw refuse('it is a folder that sec keeps for itself');
  const others = workspace.clientNames().map((name) => ({ name, home: place('sites', name) }));
  const owner = others.find(({ home }) => isWithin(dir, home) || isWithin(home, dir));
  if (owner) throw refuse(`it belongs to the client "${owner.name}"`);
  const isFinished = copiedFolder(build) !== undefined;
  if (!isFinished && existsSync(join(dir, 'site.yaml'))) throw refuse('there is a site.yaml in it already');
  if (isFinished && isThere && part === undefined)
    throw refuse(`finished files need a folder of their own; move them into sites/${client}/html/ first`);
  if (part !== undefined && lstatSync(join(dir, part)).isSymbolicLink())
    throw fail('SYMLINK_REFUSED', { file: `${folder}/${part}` });
}

const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + sep);

/** Where the files of a finished site go, below the client's folder. */
const copiedFolder = (build: Recognised['build']) =>
  typeof build === 'object' && 'copy' in build ? build.copy : undefined;
