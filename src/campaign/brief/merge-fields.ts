import { readMergeFields } from '../merge/grammar.ts';
import type { FieldUse } from '../message.ts';
import type { Brief } from './brief.ts';

/** The merge fields of a brief. @throws MERGE_SYNTAX */
export function briefMergeFields({ fields, place, body, bodyFile, bodyLine }: Brief): FieldUse[] {
  const inField = (field: 'subject' | 'preheader') => {
    const { file, line = 1 } = place([field]);
    return readMergeFields({ text: fields[field], file, line, field });
  };
  return [
    ...inField('subject'),
    ...inField('preheader'),
    ...readMergeFields({ text: body, file: bodyFile, line: bodyLine }),
  ];
}
