import { fieldName } from '../../core/yaml.ts';
import { isObject, type PlainObject } from '../source/plain.ts';
import type { ValuePath } from './field-path.ts';

/** One value of a page that differs. */
export interface FieldChange {
  /** `prices[2].amount` */
  readonly field: string;
  /** `null` for a value that was not there, or is no more. */
  readonly from: unknown;
  readonly to: unknown;
}

/** What differs between the fields of two texts of one page, value by value. */
export function fieldChanges(before: PlainObject, after: PlainObject): FieldChange[] {
  const changes: FieldChange[] = [];
  const compare = (from: unknown, to: unknown, path: ValuePath) => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    if (isObject(from) && isObject(to)) {
      for (const key of new Set([...Object.keys(from), ...Object.keys(to)]))
        compare(from[key], to[key], [...path, key]);
    } else if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
      for (const [n, item] of from.entries()) compare(item, to[n], [...path, n]);
    } else changes.push({ field: fieldName(path), from: from ?? null, to: to ?? null });
  };
  compare(before, after, []);
  return changes;
}
