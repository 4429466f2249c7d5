import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template, TemplateFile } from '../../campaign/template/template.ts';
import { parseYaml } from '../../core/yaml.ts';
import { packageRoot } from '../files/package-root.ts';

/** The templates of a workspace: what ships with sec, and its own, which win. */
export interface Templates {
  names(): string[];
  /** Undefined where no template has that name. */
  read(name: string, language: string): Template | undefined;
  /** Languages that the templates have words for. */
  languages(): string[];
}

/** @param workspaceDir absolute path of the workspace */
export function openTemplates(workspaceDir: string): Templates {
  const folders = [...new Set([packageRoot(), workspaceDir].map((root) => join(root, 'templates/email')))];
  const names = (folder: string, extension: string) => [
    ...new Set(
      folders
        .flatMap((root) => list(join(root, folder)))
        .filter((name) => name.endsWith(extension))
        .map((name) => name.slice(0, -extension.length)),
    ),
  ];
  const file = (path: string): TemplateFile | undefined => {
    const found = folders.findLast((root) => existsSync(join(root, path)));
    return found === undefined
      ? undefined
      : { file: `templates/email/${path}`, source: readFileSync(join(found, path), 'utf8') };
  };
  const words = (language: string): Record<string, string> =>
    Object.assign(
      {},
      ...folders
        .map((root) => join(root, `i18n/${language}.yaml`))
        .filter(existsSync)
        .map((path) => parseYaml(readFileSync(path, 'utf8'), `templates/email/i18n/${language}.yaml`).value),
    );
  return {
    names: () => names('.', '.mjml').sort(),
    languages: () => names('i18n', '.yaml').sort(),
    read(name, language) {
      const main = names('.', '.mjml').includes(name) ? file(`${name}.mjml`) : undefined;
      if (!main) return undefined;
      const partials = names('partials', '.mjml').map(
        (part) => [part, file(`partials/${part}.mjml`)] as const,
      );
      return {
        ...main,
        name,
        partials: new Map(
          partials.filter((entry): entry is [string, TemplateFile] => entry[1] !== undefined),
        ),
        words: { ...words('en'), ...words(language.slice(0, 2)), ...words(language) },
      };
    },
  };
}

const list = (dir: string) => (existsSync(dir) ? readdirSync(dir) : []);
