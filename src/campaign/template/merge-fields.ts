import { readMergeFields } from '../merge/grammar.ts';
import { escapedMerge } from '../merge/protect.ts';
import type { FieldUse } from '../message.ts';
import type { Template } from './template.ts';

/** The merge fields that a template and the parts it uses bring themselves, written `\{{…}}`. @throws MERGE_SYNTAX */
export function templateMergeFields(template: Template): FieldUse[] {
  const used = [...template.partials]
    .filter(([name]) => isUsed(template, name))
    .map(([, partial]) => partial);
  return [template, ...used].flatMap(({ file, source }) =>
    readMergeFields({ text: onlyEscaped(source), file, line: 1 }),
  );
}

function isUsed({ source, partials }: Template, name: string): boolean {
  const call = new RegExp(`\\{\\{~?>\\s*${name}[\\s}]`);
  return [source, ...[...partials.values()].map((partial) => partial.source)].some((text) => call.test(text));
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
