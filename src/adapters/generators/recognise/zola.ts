import { businessName, factsOf, folder, group, localesOf, siteUrl, textSetting } from './facts.ts';
import type { Recogniser } from './recogniser.ts';

/** getzola.org/documentation/getting-started/configuration */
export const zola: Recogniser = {
  generator: 'Zola',
  recognise(project) {
    const file = project.isFile('zola.toml') ? 'zola.toml' : 'config.toml';
    const facts = factsOf(project, file);
    const url = textSetting(facts, 'base_url');
    if (url === undefined || !['content', 'templates'].some(project.isFolder)) return undefined;
    return {
      generator: 'Zola',
      build: {
        command: file === 'zola.toml' ? ['zola', '--config', file, 'build'] : ['zola', 'build'],
        output: folder(textSetting(facts, 'output_dir') ?? 'public'),
        content: 'content',
      },
      name: businessName(textSetting(facts, 'title')),
      url: siteUrl(url),
      locales: localesOf([textSetting(facts, 'default_language'), ...Object.keys(group(facts, 'languages'))]),
    };
  },
};
