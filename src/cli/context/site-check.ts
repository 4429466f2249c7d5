import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSecError } from '../../core/errors/index.ts';
import { step, type Work, warning } from '../../core/progress.ts';
import type { BuildResult } from '../../site/build.ts';
import type { Accepted, Judged } from '../../site/check/baseline.ts';
import type { CheckedSite, SourceText } from '../../site/check/checked-site.ts';
import { arrangeFindings, type Finding } from '../../site/check/finding.ts';
import type { Client } from '../../workspace/index.ts';
import { buildDir } from './build-flags.ts';
import type { Context } from './context.ts';
import { buildSite, readSources } from './site.ts';

export interface CheckFlags {
  /** Also asks other people's servers whether the links to them work. */
  readonly external?: boolean | undefined;
  /** Accepts all that is found, in the client's baseline. */
  readonly accept?: boolean | undefined;
}

export interface CheckOutcome extends Judged {
  /** Whether the baseline was written. */
  readonly isWritten: boolean;
}

/**
 * Everything that can be found in a client's site as it is in the sources now. What is wrong with a file is a
 * finding; what is wrong with the words of the command is an error. Nothing of it becomes the current build.
 *
 * @throws the errors of a broken workspace or baseline
 */
export async function* checkClient(
  context: Context,
  client: Client,
  { external = false, accept = false }: CheckFlags,
): Work<CheckOutcome> {
  const baseline = await openBaseline(context, client);
  const findings = arrangeFindings(yield* findAll(context, client, external));
  const { acceptAll, judge } = await import('../../site/check/baseline.ts');
  // Without --external nobody looked at the links to elsewhere, so nothing can be said of what was accepted of them.
  const looked = external
    ? baseline.entries
    : baseline.entries.filter(({ rule }) => !rule.startsWith('external-'));
  const judged = judge(findings, looked);
  if (!accept) return { ...judged, isWritten: false };
  const kept = baseline.entries.filter((entry) => !looked.includes(entry));
  const entries = [...acceptAll(judged, looked), ...kept];
  await baseline.write(entries);
  return { ...judge(findings, entries), unused: [], isWritten: true };
}

/** Changed pages that are looked at before a publication; `sec site check` looks at all. */
const MOST_CHANGED = 200;

/**
 * What is wrong on the pages that a publication would change, but for what the client accepts. Errors are told
 * as they are found, so that they are read before anybody is asked for a yes.
 *
 * @param paths of the changed files in the release
 */
export async function* checkChanged(
  context: Context,
  client: Client,
  build: BuildResult,
  paths: readonly string[],
): Work<readonly Finding[]> {
  const changed = paths.filter((path) => path.endsWith('.html')).slice(0, MOST_CHANGED);
  if (changed.length === 0) return [];
  yield step(`Checking ${changed.length} changed ${changed.length === 1 ? 'page' : 'pages'}`);
  const site = await survey(context, client, build, new Set(changed));
  const [{ checkSite }, { judge }, { errorLines }] = await Promise.all([
    import('../../site/check/check-site.ts'),
    import('../../site/check/baseline.ts'),
    import('../views/problems.ts'),
  ]);
  const findings = yield* checkSite(site, context.signal);
  const { shown } = judge(findings, (await openBaseline(context, client)).entries);
  for (const text of errorLines(shown, client.name)) yield warning(text);
  return shown;
}

async function* findAll(context: Context, client: Client, external: boolean): Work<Finding[]> {
  yield step(`Checking ${client.name}`);
  const { asFinding, sourceProblems } = await import('../../site/check/source-problems.ts');
  try {
    if (client.config.build === 'builtin') {
      const { openKnownFiles } = await import('../../adapters/sources/known-files.ts');
      const { content } = await readSources(context, client, [], openKnownFiles(buildDir(client)));
      const broken = sourceProblems(content, client);
      if (broken.length > 0) return broken;
    }
    const build = yield* buildSite(context, client, { keep: false });
    const site = await survey(context, client, build);
    const { checkSite } = await import('../../site/check/check-site.ts');
    const findings = yield* checkSite(site, context.signal);
    return external ? [...findings, ...(yield* externalFindings(context, site))] : findings;
  } catch (error) {
    if (!isSecError(error) || !OWN.test(error.code)) throw error;
    return [asFinding(error, `sites/${client.name}/site.yaml`)];
  }
}

/** Failures that the site's own files cause; everything else is thrown on. */
const OWN =
  /^(FIELD_INVALID|YAML_BROKEN|FRONT_MATTER_|PAGE_INVALID|PAGE_LINK_BROKEN|VALUE_UNFIT|ADDRESS_|LINK_OUTSIDE|SYMLINK_REFUSED|FILE_NOT_TEXT|LAYOUT_MISSING|PARTIAL_MISSING|TEMPLATE_FAILED|GENERATOR_FAILED|GENERATOR_TIMEOUT|OUTPUT_REFUSED)/;

async function survey(
  context: Context,
  client: Client,
  { release, content, site }: BuildResult,
  only?: ReadonlySet<string>,
): Promise<CheckedSite> {
  const { surveySite } = await import('../../site/check/survey.ts');
  const { url, locales } = client.config;
  return surveySite({
    release,
    read: (path) => readFileSync(content.locate(path), 'utf8'),
    site: site?.(),
    texts: await textsOf(context, client),
    siteUrl: url,
    locales,
    now: context.clock.now().toZonedDateTimeISO(client.timezone),
    only,
  });
}

/** Where words of a page may stand beside its own file: of a foreign site nobody knows which file makes which page. */
async function textsOf(context: Context, client: Client): Promise<SourceText[]> {
  const location = join(client.siteDir, 'site.yaml');
  const settings = { file: context.workspace().relative(location), text: readFileSync(location, 'utf8') };
  const { build } = client.config;
  if (build === 'builtin' || 'copy' in build) return [settings];
  const { contentOf } = await import('./site-edit.ts');
  return [...(await contentOf(context, client)), settings];
}

async function* externalFindings(context: Context, site: CheckedSite): Work<Finding[]> {
  const [{ externalLinks, judgeLink }, { createLinkProbe }] = await Promise.all([
    import('../../site/check/external.ts'),
    import('../../adapters/links/probe.ts'),
  ]);
  const links = externalLinks(site);
  yield step(`Asking other servers about ${links.length} ${links.length === 1 ? 'link' : 'links'}`);
  const { checkLinks } = await import('../../site/check/check-links.ts');
  const answers = yield* checkLinks(links, createLinkProbe({ signal: context.signal }), context.signal);
  return answers.flatMap(({ link, answer }) => judgeLink(link, answer));
}

async function openBaseline(context: Context, client: Client) {
  const { readBaselineFile, writeBaselineFile } = await import('../../adapters/sources/baseline-file.ts');
  const file = join(client.siteDir, 'check-baseline.yaml');
  const entries = readBaselineFile(file, context.workspace().relative(file));
  return {
    entries,
    async write(accepted: readonly Accepted[]): Promise<void> {
      if (accepted.length > 0 || existsSync(file)) writeBaselineFile(file, accepted);
    },
  };
}
