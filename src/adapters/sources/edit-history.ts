import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, sha256 } from '../../core/digest.ts';
import type { EditHistory, RecordedEdit } from '../../site/edit/history.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

/**
 * The edits of one client below `dir`: `texts/<sha256>` holds every text of a page before and after, and
 * `edits.jsonl` has a line per edit.
 */
export function editHistory(dir: string): EditHistory {
  const texts = join(privateFolder(dir), 'texts');
  const list = join(dir, 'edits.jsonl');
  return {
    keep(text) {
      const digest = sha256(text);
      const file = join(texts, digest);
      if (!existsSync(file)) writeFileAtomic(file, text, 0o600);
      return digest;
    },
    record: (edit) => appendFileSync(list, `${JSON.stringify(edit)}\n`, { mode: 0o600, flush: true }),
    edits: () => readEdits(list),
    text(digest: Digest) {
      const file = join(texts, digest);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
}

/** Lines that a crash left half-written are passed over. */
function readEdits(list: string): RecordedEdit[] {
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as RecordedEdit];
      } catch {
        return [];
      }
    });
}
