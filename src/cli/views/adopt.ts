import pc from 'picocolors';
import type { Adoption, FoundSite } from '../context/adopt.ts';
import { table } from './table.ts';
import { count } from './words.ts';

type Found = Pick<FoundSite, 'generator' | 'name' | 'url' | 'locales' | 'build'>;

/** What was found in a folder. */
export function foundView({ generator, name, url, locales, build }: Found): string {
  const rows = [
    ['  Name', name ?? 'not said there'],
    ['  Address', url ?? 'not said there'],
    ['  Languages', locales?.join(', ') ?? 'not said there'],
    ...makingOf(build),
  ];
  const dim = rows.map(([label = '', value = '']) => [pc.dim(label), value]);
  return `This is a site of ${pc.bold(generator)}:\n${table(dim)}`;
}

function makingOf(build: Found['build']): string[][] {
  if (build === 'builtin')
    return [
      ['  Made with', 'sec itself, in its own design'],
      ['  Its pages', 'in content/'],
    ];
  if ('copy' in build) return [['  Its files', 'published as they are; sec does not edit HTML']];
  return [
    ['  Made with', build.command.join(' ')],
    ['  Its pages', build.content === '.' ? 'in the folder itself' : `in ${build.content}/`],
    ['  Comes out', `in ${build.output}/`],
  ];
}

/** What became of it. @param folder as the user wrote it */
export function adoptedView(adopted: Adoption, folder: string): string {
  const { client, copied, leftOut, prepare, applied, build } = adopted;
  const done = applied ? `${pc.green('✓')} ${pc.bold(client)} is added.` : 'Nothing was written.';
  const copying =
    copied === 0
      ? [`  Its files stay where they are, in sites/${client}/.`]
      : [
          `  ${count(copied, 'file')} ${applied ? 'were' : 'would be'} copied to sites/${client}/; ${folder} stays as it is.`,
        ];
  const left =
    leftOut.length === 0
      ? []
      : [`  Left out: ${leftOut.slice(0, 8).join(', ')}${leftOut.length > 8 ? ' and more' : ''}`];
  const isFinished = typeof build === 'object' && 'copy' in build;
  const next = [
    '',
    ...(prepare === null ? [] : [`Once, before:     cd sites/${client} && ${prepare}`]),
    ...(typeof build === 'object' && 'command' in build
      ? [`Its own program runs with your rights: look at build.command in sites/${client}/site.yaml first.`]
      : []),
    `Build it:         sec site build ${client}`,
    isFinished
      ? `Change a file:    in sites/${client}/${build.copy}/, then publish`
      : `Change a page:    sec site update ${client}`,
    `Put it live:      sec site publish ${client}`,
  ];
  return [foundView(adopted), '', done, ...copying, ...left, ...(applied ? next : [])].join('\n');
}
