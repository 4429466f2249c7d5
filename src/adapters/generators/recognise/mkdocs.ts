import { businessName, factsOf, folder, group, localesOf, siteUrl, textSetting } from './facts.ts';
import { firstFile } from './project.ts';
import type { Recogniser } from './recogniser.ts';

/** mkdocs.org/user-guide/configuration */
export const mkdocs: Recogniser = {
  generator: 'MkDocs',
  recognise(project) {
    const file = firstFile(project, ['mkdocs.yml', 'mkdocs.yaml']);
    if (file === undefined) return undefined;
    const facts = factsOf(project, file);
    return {
      generator: 'MkDocs',
      build: {
        command: ['mkdocs', 'build'],
        output: folder(textSetting(facts, 'site_dir') ?? 'site'),
        content: folder(textSetting(facts, 'docs_dir') ?? 'docs'),
      },
      name: businessName(textSetting(facts, 'site_name')),
      url: siteUrl(textSetting(facts, 'site_url')),
      locales: localesOf([textSetting(group(facts, 'theme'), 'language', 'locale')]),
      prepare: project.isFile('requirements.txt') ? 'pip install -r requirements.txt' : undefined,
    };
  },
};
