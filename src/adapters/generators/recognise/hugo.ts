import { businessName, factsOf, folder, group, localesOf, siteUrl, textSetting } from './facts.ts';
import { nodeCommand, nodePrepare } from './package-scripts.ts';
import { firstFile, type Project } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const endings = ['toml', 'yaml', 'yml', 'json'];
const folders = ['', 'config/_default/'];
const named = (name: string) => folders.flatMap((dir) => endings.map((ending) => `${dir}${name}.${ending}`));
const OWN_FOLDERS = ['archetypes', 'layouts', 'themes', 'content'];

/** gohugo.io/getting-started/configuration */
export const hugo: Recogniser = {
  generator: 'Hugo',
  recognise(project) {
    const file = firstFile(project, named('hugo')) ?? olderConfig(project);
    if (file === undefined) return undefined;
    const facts = factsOf(project, file);
    const inside = group(facts, 'languages');
    const languages =
      Object.keys(inside).length > 0 ? inside : factsOf(project, firstFile(project, named('languages')));
    const main = textSetting(facts, 'defaultContentLanguage') ?? textSetting(facts, 'languageCode', 'locale');
    return {
      generator: 'Hugo',
      build: {
        command: nodeCommand(project, /\bhugo\b/, ['hugo']),
        output: folder(textSetting(facts, 'publishDir') ?? 'public'),
        content: folder(textSetting(facts, 'contentDir') ?? 'content'),
      },
      name: businessName(textSetting(facts, 'title')),
      url: siteUrl(textSetting(facts, 'baseURL')),
      locales: localesOf([main, ...Object.keys(languages)]),
      prepare: nodePrepare(project),
    };
  },
};

/** `config.toml` is the name of many programs' settings: Hugo's stand beside its folders, and have no `base_url`. */
function olderConfig(project: Project): string | undefined {
  const file = firstFile(project, named('config'));
  if (file === undefined || !OWN_FOLDERS.some(project.isFolder)) return undefined;
  return textSetting(factsOf(project, file), 'base_url') === undefined ? file : undefined;
}
