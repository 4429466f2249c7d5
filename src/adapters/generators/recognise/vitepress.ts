import { businessName, folder, localesOf, quotedAfter } from './facts.ts';
import { nodeCommand, nodePrepare } from './package-scripts.ts';
import { firstFile } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const places = ['', 'docs/'];
const endings = ['js', 'ts', 'mjs', 'mts'];

/** vitepress.dev/reference/site-config */
export const vitepress: Recogniser = {
  generator: 'VitePress',
  recognise(project) {
    const file = firstFile(
      project,
      places.flatMap((place) => endings.map((ending) => `${place}.vitepress/config.${ending}`)),
    );
    if (file === undefined) return undefined;
    const source = project.text(file) ?? '';
    const root = file.startsWith('docs/') ? 'docs' : '.';
    const command = root === '.' ? ['vitepress', 'build'] : ['vitepress', 'build', root];
    return {
      generator: 'VitePress',
      build: {
        command: nodeCommand(project, /\bvitepress build\b/, command, ['docs:build', 'build']),
        output: folder(`${root}/${quotedAfter(source, 'outDir') ?? '.vitepress/dist'}`),
        content: folder(quotedAfter(source, 'srcDir') ? `${root}/${quotedAfter(source, 'srcDir')}` : root),
      },
      name: businessName(quotedAfter(source, 'title')),
      locales: localesOf([quotedAfter(source, 'lang')]),
      prepare: nodePrepare(project),
    };
  },
};
