import { fail } from '../../core/errors/index.ts';
import * as core from '../../core/front-matter.ts';
import type { YamlSource } from '../../core/yaml.ts';
import { isObject, type PlainObject, plainObject, toPlain } from './plain.ts';

/** A page's text taken apart, with its fields as templates see them. */
export interface FrontMatter extends core.FrontMatter {
  readonly data: PlainObject;
}

/**
 * Takes a page apart.
 *
 * @param file what errors call it, relative to the workspace
 * @throws FRONT_MATTER_REFUSED, FRONT_MATTER_OPEN, YAML_BROKEN, PAGE_INVALID with file and line
 */
export function readFrontMatter(text: string, file: string): FrontMatter {
  const front = core.readFrontMatter(text, file);
  return { ...front, data: fieldsOf(front.yaml) };
}

function fieldsOf(yaml: YamlSource): PlainObject {
  if (yaml.value === null || yaml.value === undefined) return plainObject<never>([]);
  if (!isObject(yaml.value))
    throw fail('PAGE_INVALID', {
      file: yaml.file,
      line: 2,
      problem: 'between the two --- there must be fields, each as "name: value"',
    });
  return toPlain(yaml.value, (path) => {
    throw fail('PAGE_INVALID', { ...yaml.place(path), problem: 'this name is not allowed for a field' });
  }) as PlainObject;
}
