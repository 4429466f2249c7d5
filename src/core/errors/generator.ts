import { entry } from './entry.ts';

/** Failures of a site that another program makes. A failed build leaves the last good one as it was. */
export const generatorErrors = {
  GENERATOR_MISSING: entry<{ client: string; program: string }>({
    title: 'The program that makes the site is not here',
    exit: 'badConfig',
    message: ({ client, program }) =>
      `The site of "${client}" is made by the program "${program}", and it cannot be started on this computer. The last good build was kept.`,
    hint: ({ client, program }) =>
      `Install ${program} (where sites/${client} has a package.json: npm ci in that folder), or correct build.command in its site.yaml.`,
  }),
  GENERATOR_FAILED: entry<{ client: string; command: string; exitCode: string; output: readonly string[] }>({
    title: 'The program that makes the site failed',
    exit: 'badData',
    message: ({ client, command, exitCode, output }) =>
      `The site of "${client}" could not be made: ${command} ended with ${exitCode}. The last good build was kept.${quoted(output)}`,
    hint: () =>
      'What it said last stands above. If a page is named there, look at that page; else ask whoever made the site.',
  }),
  GENERATOR_TIMEOUT: entry<{ client: string; command: string; seconds: number; output: readonly string[] }>({
    title: 'The program that makes the site did not end',
    exit: 'unavailable',
    message: ({ client, command, seconds, output }) =>
      `The site of "${client}" could not be made: ${command} was still running after ${seconds} seconds, and was ended. The last good build was kept.${quoted(output)}`,
    hint: () =>
      'The command must build once and end, not serve or watch. If it only needs longer, give build.timeout more seconds in site.yaml.',
  }),
  OUTPUT_REFUSED: entry<{ client: string; folder: string; problem: string }>({
    title: 'A build without a site in it',
    exit: 'badData',
    message: ({ client, problem }) =>
      `The site of "${client}" was not made: ${problem}. The last good build was kept.`,
    hint: ({ client, folder }) =>
      `build.output in sites/${client}/site.yaml says ${folder}: is that the folder that the program writes to?`,
  }),
  ADOPT_FOLDER: entry<{ folder: string; problem: string }>({
    title: 'A folder that cannot be taken over',
    exit: 'usage',
    message: ({ folder, problem }) => `${folder}: ${problem}. Nothing was changed.`,
    hint: () => 'Name the folder in which the site itself lies, on its own, with --adopt.',
  }),
  ADOPT_UNKNOWN: entry<{ folder: string; known: readonly string[] }>({
    title: 'A site of no known kind',
    exit: 'badData',
    message: ({ folder, known }) =>
      `${folder}: this is not recognised as a site of any of these: ${known.join(', ')}. Nothing was changed.`,
    hint: () =>
      'Add the client with sec client add, put the site into its folder, and write build: {command, output, content} into its site.yaml.',
  }),
};

const quoted = (lines: readonly string[]) =>
  lines.length === 0 ? '' : `\n${lines.map((line) => `    | ${line}`).join('\n')}`;
