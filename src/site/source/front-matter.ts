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
  const { value, place } = front.yaml;
  return { ...front, data: plainFields(value, file, place) };
}

/**
 * Fields as templates see them.
 *
 * @param place where a field stands, for errors
 * @throws PAGE_INVALID
 */
export function plainFields(fields: unknown, file: string, place: YamlSource['place']): PlainObject {
  if (fields === null || fields === undefined) return plainObject<never>([]);
  if (!isObject(fields))
    throw fail('PAGE_INVALID', {
      file,
      line: 2,
      problem: 'between the two --- there must be fields, each as "name: value"',
    });
  return toPlain(fields, (path) => {
    throw fail('PAGE_INVALID', { ...place(path), problem: 'this name is not allowed for a field' });
  }) as PlainObject;
}
