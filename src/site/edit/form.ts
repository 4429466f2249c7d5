import { isSecError } from '../../core/errors/index.ts';
import { fieldName } from '../../core/yaml.ts';
import type { Client } from '../../workspace/client.ts';
import type { FieldRule } from '../../workspace/schema.ts';
import { kindOf } from '../page/kind.ts';
import type { Page } from '../page/page.ts';
import { isObject, type Plain } from '../source/plain.ts';
import type { TextSource } from '../source/sources.ts';
import { editPage } from './edit-page.ts';
import type { ValuePath } from './field-path.ts';
import { valueAt } from './picture-place.ts';

/** One field as a form shows it. */
export interface FormField {
  /** `prices[2].amount` */
  readonly name: string;
  readonly path: ValuePath;
  /** In plain words, from site.yaml where it has some. */
  readonly label: string;
  /** As it would be typed; empty where there is none. */
  readonly value: string;
  readonly rule: FieldRule | undefined;
}

const always = ['title', 'description'];
const labels: Readonly<Record<string, string>> = {
  title: 'Title',
  description: 'Description, for search engines',
  draft: 'Draft, kept off the site',
  date: 'Date',
  publishDate: 'On the site from',
  expiryDate: 'On the site until',
  image: 'Picture',
  imageAlt: 'What the picture shows',
  tags: 'Tags',
};

/** What can be filled in on a page: title and description, what its kind declares, and what it has besides. */
export function formFields(page: Page, { config }: Client): FormField[] {
  const rules = kindOf(page, config.kinds)?.fields ?? {};
  const declared = [...always, ...Object.keys(rules)].map((name): ValuePath => [name]);
  const paths = new Map<string, ValuePath>();
  for (const path of [...declared, ...leaves(page.data, [])]) paths.set(fieldName(path), path);
  for (const path of declared) if (isGroup(valueAt(page.data, path))) paths.delete(fieldName(path));
  return [...paths].map(([name, path]) => {
    const rule = path.length === 1 ? rules[name] : undefined;
    const label = rule?.label ?? labels[name] ?? name;
    return { name, path, label, value: typedForm(valueAt(page.data, path)), rule };
  });
}

/**
 * Checks what was typed for one field, as soon as it is typed.
 *
 * @returns true, or what is wrong with it and what would fit
 */
export function checkTyped(
  source: TextSource,
  page: Page,
  client: Client,
  { path, name }: Pick<FormField, 'path' | 'name'>,
  typed: string,
): true | string {
  try {
    editPage(source, page, client, { set: [{ path, value: typed }] });
    return true;
  } catch (error) {
    if (!isSecError(error)) throw error;
    const { field, problem, fits } = error.details;
    // Another field's mistake is not this one's, and is told of in the end.
    if (field !== undefined && field !== name) return true;
    return typeof problem === 'string'
      ? [`${capital(problem)}.`, fits].filter(Boolean).join(' ')
      : error.message;
  }
}

/** Every single value, and lists of single values as one. */
function leaves(value: Plain, path: ValuePath): ValuePath[] {
  if (Array.isArray(value) && isGroup(value)) return value.flatMap((item, n) => leaves(item, [...path, n]));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, item]) => leaves(item as Plain, [...path, key]));
  return [path];
}

const isGroup = (value: Plain): boolean =>
  isObject(value) ||
  (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null));

function typedForm(value: Plain): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return String(value)
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
