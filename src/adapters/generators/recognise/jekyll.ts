import { businessName, factsOf, folder, localesOf, siteUrl, textSetting } from './facts.ts';
import type { Recogniser } from './recogniser.ts';

/** jekyllrb.com/docs/configuration/options */
export const jekyll: Recogniser = {
  generator: 'Jekyll',
  recognise(project) {
    const hasGems = project.isFile('Gemfile');
    const isJekyll = hasGems || ['_posts', '_layouts', '_includes'].some(project.isFolder);
    if (!project.isFile('_config.yml') || !isJekyll) return undefined;
    const facts = factsOf(project, '_config.yml');
    const url = textSetting(facts, 'url');
    return {
      generator: 'Jekyll',
      build: {
        command: hasGems ? ['bundle', 'exec', 'jekyll', 'build'] : ['jekyll', 'build'],
        output: folder(textSetting(facts, 'destination') ?? '_site'),
        content: folder(textSetting(facts, 'source') ?? '.'),
      },
      name: businessName(textSetting(facts, 'title', 'name')),
      url: siteUrl(url && url.replace(/\/+$/, '') + (textSetting(facts, 'baseurl') ?? '')),
      locales: localesOf([textSetting(facts, 'lang', 'locale')]),
      prepare: hasGems ? 'bundle install' : undefined,
    };
  },
};
