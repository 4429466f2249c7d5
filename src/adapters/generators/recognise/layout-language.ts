import { localesOf } from './facts.ts';
import type { Project } from './project.ts';

/** Where generators keep the frames of their pages. */
const folders = ['_includes', '_layouts', 'layouts', 'templates', 'theme', 'overrides'].flatMap((name) => [
  name,
  `src/${name}`,
]);

/** The language that the frames of a site's pages are marked with, where it stands there in letters. */
export function layoutLanguage(project: Project): string[] | undefined {
  const frames = folders
    .filter((folder) => project.isFolder(folder))
    .flatMap((folder) => project.filesBelow(folder, /\.(html?|njk|liquid|hbs|ejs|astro|vue|webc|pug)$/i));
  for (const path of frames) {
    const [, written] = /<html\b[^>]*\blang\s*=\s*["']?([\w-]+)/i.exec(project.text(path) ?? '') ?? [];
    const language = localesOf([written]);
    if (language) return language;
  }
  return undefined;
}
