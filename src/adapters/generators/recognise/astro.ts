import { folder, localesOf, quotedAfter, siteUrl } from './facts.ts';
import { nodeCommand, nodePrepare } from './package-scripts.ts';
import { firstFile, firstFolder } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const files = ['mjs', 'js', 'ts', 'mts', 'cjs'].map((ending) => `astro.config.${ending}`);

/** docs.astro.build/en/reference/configuration-reference */
export const astro: Recogniser = {
  generator: 'Astro',
  recognise(project) {
    const file = firstFile(project, files);
    if (file === undefined) return undefined;
    const source = project.text(file) ?? '';
    return {
      generator: 'Astro',
      build: {
        command: nodeCommand(project, /\bastro\b/, ['astro', 'build']),
        output: folder(quotedAfter(source, 'outDir') ?? 'dist'),
        content: firstFolder(project, ['src/content', 'content', 'src/pages']) ?? 'src',
      },
      url: siteUrl(quotedAfter(source, 'site')),
      locales: localesOf([quotedAfter(source, 'defaultLocale')]),
      prepare: nodePrepare(project),
    };
  },
};
