import { join } from 'node:path';
import { step, type Work } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import type { BuildStore } from '../../site/build-store.ts';
import {
  FOREIGN_MAKER,
  type ForeignRelease,
  finishedForeign,
  releaseOutput,
} from '../../site/foreign/release-output.ts';
import type { Client } from '../../workspace/index.ts';
import type { FinishedConfig, GeneratorConfig } from '../../workspace/schema.ts';
import { type BuildFlags, buildDir } from './build-flags.ts';
import type { Context } from './context.ts';
import { foreignWarnings } from './foreign-warnings.ts';

/**
 * Builds a site that somebody else made: its own generator runs on a copy of its folder, and what comes out becomes
 * a release like any other. A site of finished files becomes one as it is.
 *
 * @throws GENERATOR_MISSING, GENERATOR_FAILED, GENERATOR_TIMEOUT, OUTPUT_REFUSED, SYMLINK_REFUSED; the last good
 *   build is kept then
 */
export async function* buildForeign(
  context: Context,
  client: Client,
  maker: GeneratorConfig | FinishedConfig,
  flags: BuildFlags,
): Work<BuildResult> {
  const begun = performance.now();
  const [{ buildFolder, passingBuild }, warnings] = await Promise.all([
    import('../../adapters/sources/build-folder.ts'),
    foreignWarnings(context, client, flags),
  ]);
  const store = buildFolder(flags.folder ?? buildDir(client), client.name);
  const options = {
    client,
    warnings,
    store: flags.keep === false ? passingBuild(store) : store,
    elapsed: () => performance.now() - begun,
    signal: context.signal,
  };
  return 'copy' in maker
    ? yield* releaseFinished(context, maker, options)
    : yield* generate(context, client, maker, options, flags);
}

type Options = Omit<ForeignRelease, 'folder' | 'output'> & { readonly client: Client };

async function* releaseFinished(
  context: Context,
  { copy: folder }: FinishedConfig,
  options: Options,
): Work<BuildResult> {
  const { readOutput } = await import('../../adapters/generators/output-files.ts');
  const { name: client, siteDir: dir } = options.client;
  const output = readOutput({ dir, folder, client, name: context.workspace().relative });
  return yield* releaseOutput({ ...options, folder, output });
}

async function* generate(
  context: Context,
  client: Client,
  maker: GeneratorConfig,
  options: Options,
  flags: BuildFlags,
): Work<BuildResult> {
  const [{ inputsOf, openWorkshop }, { readOutput }] = await Promise.all([
    import('../../adapters/generators/workshop.ts'),
    import('../../adapters/generators/output-files.ts'),
  ]);
  const { siteDir } = client;
  const { output: folder, content } = maker;
  const name = context.workspace().relative;
  const project = { siteDir, output: folder, content, name };
  const { prepared } = flags;
  if (prepared?.inputs !== undefined && prepared.inputs === inputsOf(project))
    return settle(options.store, prepared);

  const workshop = openWorkshop(join(client.stateDir, 'workshop'), project, flags);
  const { dir, inputs } = workshop;
  try {
    yield step(`Running ${maker.command.join(' ')}`);
    await runIn(dir, context, client, maker, flags);
    const asSeen = (location: string) => name(location.replace(dir, siteDir));
    const output = readOutput({ dir, folder, client: client.name, name: asSeen });
    return { ...(yield* releaseOutput({ ...options, folder, output })), inputs };
  } finally {
    workshop.remove();
  }
}

async function runIn(
  cwd: string,
  context: Context,
  { name: client, timezone }: Client,
  { command, timeout }: GeneratorConfig,
  { clock = context.clock }: BuildFlags,
): Promise<void> {
  const [{ generatorEnvironment }, { runGenerator }] = await Promise.all([
    import('../../adapters/generators/environment.ts'),
    import('../../adapters/generators/run-command.ts'),
  ]);
  const env = generatorEnvironment(context.env, { cwd, timezone, at: clock.now() });
  await runGenerator({ client, command, cwd, env, timeout, signal: context.signal });
}

/** The build that was looked at becomes the current one, byte for byte: a second run could come out otherwise. */
function settle(store: BuildStore, ready: BuildResult): BuildResult {
  store.commit(finishedForeign(ready.release, ready.outline), FOREIGN_MAKER);
  return ready;
}
