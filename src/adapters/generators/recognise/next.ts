import { folder, localesOf, quotedAfter } from './facts.ts';
import { nodeCommand, nodePrepare } from './package-scripts.ts';
import { firstFile, firstFolder } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const files = ['js', 'mjs', 'ts', 'cjs'].map((ending) => `next.config.${ending}`);

/** Only a site that Next exports as files; one that needs its server cannot be published (nextjs.org/docs, static exports). */
export const nextExport: Recogniser = {
  generator: 'Next.js (static export)',
  recognise(project) {
    const file = firstFile(project, files);
    const source = file === undefined ? '' : (project.text(file) ?? '');
    if (quotedAfter(source, 'output') !== 'export') return undefined;
    return {
      generator: 'Next.js (static export)',
      build: {
        command: nodeCommand(project, /\bnext build\b/, ['next', 'build']),
        output: folder(quotedAfter(source, 'distDir') ?? 'out'),
        content: firstFolder(project, ['content', 'src/content', 'posts', '_posts']) ?? 'content',
      },
      locales: localesOf([quotedAfter(source, 'defaultLocale')]),
      prepare: nodePrepare(project),
    };
  },
};
