import pc from 'picocolors';
import { isHeld, type PersonalRecord } from '../../../privacy/record.ts';
import { count } from '../words.ts';

/** What is held of a person, in a few lines; all of it stands in the files and under --json. */
export function recordText(record: PersonalRecord, files: readonly string[]): string {
  const { business, lists, sends, events, rejected, suppressed } = record;
  if (!isHeld(record))
    return `Nothing is held of that address for ${business}. Check the spelling; small and capital letters make no difference.${written(files)}`;
  const lines = [
    lists.length > 0 && `on ${count(lists.length, 'list')}: ${lists.map(({ list }) => list).join(', ')}`,
    sends.length > 0 && `${count(sends.length, 'mail')}`,
    events.length > 0 && `${count(events.length, 'event')}`,
    rejected.length > 0 && `${count(rejected.length, 'rejected row')}`,
    suppressed && `suppressed since ${suppressed.at.toString().slice(0, 10)}`,
  ].filter((line) => typeof line === 'string');
  const hint =
    files.length > 0 ? '' : `\n\n  Add --out DIR for a page to hand over, or --json for all of it.`;
  return `${pc.bold(business)} holds of that person:\n${lines.map((line) => `  ${line}`).join('\n')}${hint}${written(files)}\n`;
}

const written = (files: readonly string[]) =>
  files.length > 0 ? `\n\n${pc.green('✓')} Written: ${files.join(', ')}` : '';
