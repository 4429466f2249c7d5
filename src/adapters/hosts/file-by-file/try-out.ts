import { sha256 } from '../../../core/digest.ts';
import { fail, isSecError } from '../../../core/errors/index.ts';
import type { SiteFiles } from './files.ts';
import { at, folderOf } from './layout.ts';
import { networkProblem, type Refusals } from './network.ts';
import { temporaryName } from './temporary.ts';

/**
 * Writes a small file of a name of sec's own into the web root, or above it where that is still to come, reads it
 * back and removes it.
 *
 * @throws HOST_UNREACHABLE, HOST_FOLDER_MISSING, HOST_NOT_WRITABLE, and what logging in throws
 */
export async function tryOut(
  files: SiteFiles,
  root: () => Promise<string>,
  { target, problem }: Refusals,
): Promise<void> {
  const live = 'Nothing was stored.';
  try {
    const wanted = await root();
    const folder = (await files.list(wanted)) ? wanted : folderOf(wanted);
    if (folder !== wanted && !(await files.list(folder)))
      throw fail('HOST_FOLDER_MISSING', { target, missing: folder });
    const text = `sec was here to see whether it may write. ${target}\n`;
    const path = at(folder, temporaryName('login', sha256(text)));
    await files.write(path, text);
    const isRight = (await files.hash(path)) === sha256(text);
    await files.remove(path);
    if (!isRight)
      throw fail('HOST_NOT_WRITABLE', { target, problem: 'it gave back other bytes than were written' });
  } catch (error) {
    if (isSecError(error)) throw error;
    const lost = networkProblem(error);
    if (lost !== undefined) throw fail('HOST_UNREACHABLE', { target, problem: lost, live }, error);
    const said = problem(error);
    throw said === undefined ? error : fail('HOST_NOT_WRITABLE', { target, problem: said }, error);
  }
}
