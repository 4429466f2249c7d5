import { expect, it } from 'vitest';
import type { FileStat, SiteFiles } from '../../../../src/adapters/hosts/file-by-file/files.ts';
import { layoutIn } from '../../../../src/adapters/hosts/file-by-file/layout.ts';
import { surveyFiles } from '../../../../src/adapters/hosts/file-by-file/survey.ts';

const layout = layoutIn('sftp://web.example/www', '/www', '/.www.sec');

/** A host that lists what it likes, and tells what it was asked for. */
function lyingHost(names: readonly (readonly [string, FileStat['kind']])[]) {
  const asked: string[] = [];
  const told = async (path: string) => {
    asked.push(path);
    return undefined;
  };
  const files: Pick<SiteFiles, 'lanes' | 'list' | 'hash'> = {
    lanes: 2,
    async list(folder) {
      asked.push(folder);
      return folder === '/www' ? new Map(names.map(([name, kind]) => [name, { kind, size: 1 }])) : undefined;
    },
    hash: told,
  };
  return { files: files as SiteFiles, asked };
}

it('asks for no name that leads elsewhere or ends a command, whatever a host lists', async () => {
  const { files, asked } = lyingHost([
    ['index.html', 'file'],
    ['..', 'folder'],
    ['.', 'folder'],
    ['', 'folder'],
    ['../../etc', 'folder'],
    ['a/../../passwd', 'file'],
    ['..\\up', 'file'],
    ['x\r\nDELE index.html', 'file'],
    ['/etc', 'folder'],
  ]);
  await surveyFiles(files, layout, { kind: 'absent' });
  expect(asked).toEqual(['/www', '/www/index.html']);
});
