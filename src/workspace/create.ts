import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { slugify } from '../core/slug.ts';
import { checkYaml, parseYaml } from '../core/yaml.ts';
import { WORKSPACE_FILE } from './find.ts';
import type { Workspace } from './open.ts';
import { siteSchema } from './schema.ts';
import { type ClientFacts, clientFiles, type OfficeFacts, officeFiles } from './starter.ts';

/**
 * Makes `dir` a workspace: sec.yaml, a .gitignore that keeps state and output out of git, and the folders for
 * clients. Files that are there already stay as they are.
 *
 * @param dryRun only checks, and says what would be written
 * @returns the paths that were written, relative to `dir`
 * @throws WORKSPACE_EXISTS, with nothing changed
 */
export function createWorkspace(dir: string, facts: OfficeFacts, dryRun = false): string[] {
  if (existsSync(join(dir, WORKSPACE_FILE))) throw fail('WORKSPACE_EXISTS', { dir });
  const files = officeFiles(facts).filter(({ path }) => !existsSync(join(dir, path)));
  return writeNew(dir, files, dryRun);
}

/**
 * Adds a client: site.yaml and the first pages in each of its languages.
 *
 * @param dryRun only checks, and says what would be written
 * @returns the paths that were written, relative to the workspace
 * @throws CLIENT_EXISTS, CLIENT_NAME_INVALID, FIELD_INVALID, with nothing changed
 */
export function createClient(
  workspace: Workspace,
  name: string,
  facts: ClientFacts,
  dryRun = false,
): string[] {
  checkClientName(name);
  if (existsSync(join(workspace.root, 'sites', name))) throw fail('CLIENT_EXISTS', { client: name });
  const files = clientFiles(name, facts);
  for (const { path, text } of files)
    if (path.endsWith('/site.yaml')) checkYaml(parseYaml(text, path), siteSchema);
  return writeNew(workspace.root, files, dryRun);
}

/** Whether a name can be a client's folder. */
export const isClientNameValid = (name: string): boolean => /^[a-z][a-z0-9-]{0,39}$/.test(name);

/** @throws CLIENT_NAME_INVALID with a name that would do */
export function checkClientName(name: string): void {
  if (isClientNameValid(name)) return;
  throw fail('CLIENT_NAME_INVALID', {
    client: name,
    suggestion: slugify(name)
      .replace(/[^a-z0-9-]+/g, '')
      .replace(/^[^a-z]+/, '')
      .slice(0, 40),
  });
}

function writeNew(root: string, files: readonly { path: string; text: string }[], dryRun: boolean): string[] {
  for (const { path, text } of dryRun ? [] : files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { flag: 'wx' });
  }
  return files.map(({ path }) => path);
}
