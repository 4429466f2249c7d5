import pc from 'picocolors';
import type { ListedEdit } from '../../site/edit/edit-list.ts';
import { table } from './table.ts';
import { wallTime } from './words.ts';

const FIELDS_SHOWN = 4;

/** The edits, newest first, and how to take one back. */
export function editsView(
  edits: readonly ListedEdit[],
  { name, timezone }: { readonly name: string; readonly timezone: string },
): string {
  if (edits.length === 0) return 'No edit was made with sec yet.';
  const rows = edits.map((edit) => [
    pc.dim(`  ${edit.number}`),
    wallTime(edit.at, timezone),
    edit.page,
    what(edit),
    pc.dim([edit.note, edit.by].filter(Boolean).join(' – ')),
  ]);
  return `${table(rows)}\nTake the last one back: sec site undo ${name}\nAn earlier one, with what was done to its page after it: sec site undo ${name} --edit <number>`;
}

function what({ what: kind, fields, bodyChanged, undoes }: ListedEdit): string {
  const back = undoes === null ? '' : ` (takes back ${undoes})`;
  if (kind === 'new') return `new page${back}`;
  if (kind === 'removed') return `page removed${back}`;
  const more = fields.length - FIELDS_SHOWN;
  const parts = [
    ...fields.slice(0, FIELDS_SHOWN),
    ...(more > 0 ? [`${more} more`] : []),
    ...(bodyChanged ? ['text'] : []),
  ];
  return (parts.join(', ') || 'layout of the file') + back;
}
