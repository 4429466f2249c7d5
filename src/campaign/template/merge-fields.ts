import { readMergeFields } from '../merge/grammar.ts';
import { escapedMerge } from '../merge/protect.ts';
import type { FieldUse } from '../message.ts';
import type { Template } from './template.ts';

/** The merge fields that a template and its parts bring themselves, written `\{{…}}`. @throws MERGE_SYNTAX */
export function templateMergeFields(template: Template): FieldUse[] {
  return [template, ...template.partials.values()].flatMap(({ file, source }) =>
    readMergeFields({ text: onlyEscaped(source), file, line: 1 }),
  );
}

/** The source with everything but its `\{{…}}` taken out, lines kept, so that errors name the right one. */
function onlyEscaped(source: string): string {
  let out = '';
  let end = 0;
  const lines = (text: string) => text.replace(/[^\n]/g, '');
  for (const match of source.matchAll(escapedMerge())) {
    out += lines(source.slice(end, match.index)) + (match[1] ?? '');
    end = match.index + match[0].length;
  }
  return out + lines(source.slice(end));
}
