import type { Recogniser } from './recogniser.ts';

/** Pages without a generator of their own, such as those that came out of an editor in the browser: sec builds them. */
export const markdownPages: Recogniser = {
  generator: 'pages in Markdown',
  recognise: (project) =>
    project.isFolder('content') && project.filesBelow('content', /\.md$/i).length > 0
      ? { generator: 'pages in Markdown', build: 'builtin' }
      : undefined,
};
