import { fail } from '../../core/errors/index.ts';
import { parseYaml } from '../../core/yaml.ts';
import { type Plain, type PlainObject, plainObject, toPlain } from './plain.ts';
import type { TextSource } from './sources.ts';

/** Parses one data file: YAML, of which JSON is a part. @throws YAML_BROKEN, PAGE_INVALID */
function readData({ text, file }: TextSource): Plain {
  const yaml = parseYaml(text.replace(/^\uFEFF/, ''), file);
  return toPlain(yaml.value, (path) => {
    throw fail('PAGE_INVALID', { ...yaml.place(path), problem: 'this name is not allowed for a field' });
  });
}

/**
 * The data of one language by file name: `data/prices.yaml` is `prices`, `data/team/staff.yaml` is
 * `team.staff`. A file in `data/<language>/` stands in for the one of that name beside the folder.
 *
 * @throws YAML_BROKEN, PAGE_INVALID
 */
export function dataOf(
  files: readonly TextSource[],
  language: string,
  languages: readonly string[],
): PlainObject {
  const root: Tree = plainObject<Plain | Tree>([]);
  const general = files.filter(({ path }) => !languages.includes(folder(path)));
  const own = files.filter(({ path }) => folder(path) === language);
  for (const file of general) put(root, keysOf(file.path), readData(file));
  for (const file of own) put(root, keysOf(file.path).slice(1), readData(file));
  return root as PlainObject;
}

interface Tree {
  [key: string]: Plain | Tree;
}

const folder = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
const keysOf = (path: string) => path.replace(/\.(ya?ml|json)$/, '').split('/');

function put(tree: Tree, keys: readonly string[], value: Plain): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const inside = tree[key];
  const child =
    typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? (inside as Tree) : undefined;
  if (child) put(child, rest, value);
  else {
    const made: Tree = plainObject<Plain | Tree>([]);
    tree[key] = made;
    put(made, rest, value);
  }
}
