import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Template, TemplateFile } from '../../campaign/template/template.ts';
import { parseYaml } from '../../core/yaml.ts';
import { packageRoot } from '../files/package-root.ts';

/** The templates of a client: its own, those of the workspace and what ships with sec; the first that is there wins. */
export interface Templates {
  names(): string[];
  /** Undefined where no template has that name. */
  read(name: string, language: string): Template | undefined;
  /** Languages that the templates have words for. */
  languages(): string[];
}

interface Folder {
  /** Absolute. */
  readonly path: string;
  /** As errors call it. */
  readonly name: string;
}

/**
 * @param workspaceDir absolute path of the workspace
 * @param client whose own templates, in `sites/<client>/email`, go before all others
 */
export function openTemplates(workspaceDir: string, client?: { name: string; siteDir: string }): Templates {
  const shared = [...new Set([packageRoot(), workspaceDir].map((root) => join(root, 'templates/email')))];
  const folders: Folder[] = [
    ...shared.map((path) => ({ path, name: 'templates/email' })),
    ...(client ? [{ path: join(client.siteDir, 'email'), name: `sites/${client.name}/email` }] : []),
  ];
  const named = (folder: string, extension: string) => [
    ...new Set(
      folders
        .flatMap(({ path }) => list(join(path, folder)))
        .filter((name) => name.endsWith(extension))
        .map((name) => name.slice(0, -extension.length)),
    ),
  ];
  const file = (path: string): TemplateFile | undefined => {
    const found = folders.findLast((folder) => isInside(folder.path, path));
    return found && { file: `${found.name}/${path}`, source: readFileSync(join(found.path, path), 'utf8') };
  };
  const words = (language: string): Record<string, string> =>
    Object.assign(
      {},
      ...folders
        .filter(({ path }) => existsSync(join(path, `i18n/${language}.yaml`)))
        .map(({ path, name }) => {
          const text = readFileSync(join(path, `i18n/${language}.yaml`), 'utf8');
          return parseYaml(text, `${name}/i18n/${language}.yaml`).value;
        }),
    );
  const partials = (): ReadonlyMap<string, TemplateFile> => {
    const found = new Map<string, TemplateFile>();
    for (const path of new Set(folders.flatMap((folder) => included(folder.path)))) {
      const part = file(path);
      if (!part) continue;
      found.set(path, part);
      const short = /^partials\/([^/]+)\.mjml$/.exec(path)?.[1];
      if (short) found.set(short, part);
    }
    return found;
  };
  return {
    names: () => named('.', '.mjml').sort(),
    languages: () => named('i18n', '.yaml').sort(),
    read(name, language) {
      const main = named('.', '.mjml').includes(name) ? file(`${name}.mjml`) : undefined;
      return (
        main && {
          ...main,
          name,
          partials: partials(),
          words: { ...words('en'), ...words(language.slice(0, 2)), ...words(language) },
        }
      );
    },
  };
}

/** Whether a file is there, and no link leads it out of its folder. */
function isInside(folder: string, path: string): boolean {
  const whole = join(folder, path);
  if (!existsSync(whole) || !statSync(whole).isFile()) return false;
  return realpathSync(whole).startsWith(realpathSync(folder) + sep);
}

/** What a template may put into itself: texts below its folder, by their paths. */
function included(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(mjml|html|css)$/.test(path));
}

const list = (dir: string) => (existsSync(dir) ? readdirSync(dir) : []);
