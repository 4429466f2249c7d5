import { folder, quotedAfter } from './facts.ts';
import { dependsOn, nodeCommand, nodePrepare } from './package-scripts.ts';
import { firstFile } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const files = ['.eleventy.js', ...['js', 'mjs', 'cjs', 'ts'].map((ending) => `eleventy.config.${ending}`)];

/** 11ty.dev/docs/config */
export const eleventy: Recogniser = {
  generator: 'Eleventy',
  recognise(project) {
    const file = firstFile(project, files);
    if (file === undefined && !dependsOn(project, '@11ty/eleventy')) return undefined;
    const source = file === undefined ? '' : (project.text(file) ?? '');
    return {
      generator: 'Eleventy',
      build: {
        command: nodeCommand(project, /\beleventy\b/, ['eleventy']),
        output: folder(quotedAfter(source, 'output') ?? called(source, 'setOutputDirectory') ?? '_site'),
        content: folder(quotedAfter(source, 'input') ?? called(source, 'setInputDirectory') ?? '.'),
      },
      prepare: nodePrepare(project),
    };
  },
};

const called = (source: string, method: string) =>
  new RegExp(`\\b${method}\\(\\s*(["'\`])([^"'\`]+)\\1`).exec(source)?.[2];
