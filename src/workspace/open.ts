import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { nearNames } from '../core/near.ts';
import { parseYaml } from '../core/yaml.ts';
import { checkOffice, checkSite } from './check.ts';
import type { Client } from './client.ts';
import { findWorkspace, WORKSPACE_FILE } from './find.ts';
import type { WorkspaceConfig } from './schema.ts';

/** An opened workspace. Clients are read when they are asked for, so one broken client stops only itself. */
export interface Workspace {
  readonly root: string;
  readonly config: WorkspaceConfig;
  /** Absolute path of the office's state, `.sec`; whoever writes there first makes it, mode 0700. */
  readonly stateDir: string;
  /** Short names of all clients, sorted. */
  clientNames(): string[];
  /** @throws CLIENT_UNKNOWN with the near names, YAML_BROKEN, FIELD_INVALID */
  client(name: string): Client;
  /** The path as errors and output name it: relative to the workspace, with forward slashes. */
  relative(path: string): string;
}

/** Opens the workspace that `from` is in, or the one `named`. @throws WORKSPACE_NOT_FOUND, YAML_BROKEN, FIELD_INVALID */
export function openWorkspace(from: string, named?: string): Workspace {
  const root = findWorkspace(from, named);
  const readConfig = (path: string) => parseYaml(readFileSync(join(root, path), 'utf8'), path);
  const config = checkOffice(readConfig(WORKSPACE_FILE));
  const stateDir = join(root, '.sec');

  const clientNames = () =>
    listFolders(join(root, 'sites')).filter((name) =>
      listFiles(join(root, 'sites', name)).includes('site.yaml'),
    );

  const client = (name: string): Client => {
    const known = clientNames();
    if (!known.includes(name))
      throw fail('CLIENT_UNKNOWN', { client: name, near: nearNames(name, known), known });
    const source = readConfig(`sites/${name}/site.yaml`);
    const own = checkSite(source);
    const siteConfig = hasField(source.value, 'locales') ? own : { ...own, locales: [config.locale] };
    return {
      name,
      config: siteConfig,
      timezone: siteConfig.timezone ?? config.timezone,
      siteDir: join(root, 'sites', name),
      campaignsDir: join(root, 'campaigns', name),
      stateDir: join(stateDir, 'clients', name),
    };
  };

  return {
    root,
    config,
    stateDir,
    clientNames,
    client,
    relative: (path) => relative(root, path).split(sep).join('/') || '.',
  };
}

const hasField = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name);
const listFolders = (dir: string) =>
  entries(dir)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
const listFiles = (dir: string) =>
  entries(dir)
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

function entries(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
