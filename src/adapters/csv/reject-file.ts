import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RejectSink } from '../../audience/reject-sink.ts';
import { createPrivateFile, type PrivateFile, prepareFolder } from './private-file.ts';

const BYTE_ORDER_MARK = '\ufeff'; // without it, Excel takes UTF-8 for Windows-1252

/**
 * A reject file `folder/name.csv`, with a number behind its name where that is taken. Nothing is made before the
 * first reject. Only one import of a client runs at a time, so a free name stays free.
 *
 * @param shownAs how results name a path
 */
export function rejectFile(folder: string, name: string, shownAs: (path: string) => string): RejectSink {
  let open: { readonly file: PrivateFile; readonly path: string } | undefined;
  const create = () => {
    prepareFolder(folder);
    const path = freePath(folder, name);
    const file = createPrivateFile(path);
    file.write(BYTE_ORDER_MARK);
    return { file, path };
  };
  return {
    write(text) {
      open ??= create();
      open.file.write(text);
    },
    keep() {
      open?.file.keep();
      return open ? shownAs(open.path) : null;
    },
    discard: () => open?.file.discard(),
  };
}

/** For a look only: rejects are counted and not kept. */
export const noRejectFile: RejectSink = { write() {}, keep: () => null, discard() {} };

function freePath(folder: string, name: string): string {
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? `${name}.csv` : `${name}-${n}.csv`);
    if (!existsSync(path)) return path;
  }
}
