import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { fail } from '../../core/errors/index.ts';
import { privateFolder, writeFileAtomic } from '../files/atomic.ts';

export interface EditorCopy {
  /** Where the text lies while it is edited, and stays if something goes wrong. */
  readonly location: string;
  readonly text: string;
}

/**
 * Opens a copy of a text in the user's editor and waits until it is closed. No shell sees the file's name.
 *
 * @param command what `$VISUAL` or `$EDITOR` says, such as `code --wait`
 * @throws EDITOR_FAILED
 */
export async function editInEditor(
  dir: string,
  { name, text, command }: { readonly name: string; readonly text: string; readonly command: string },
): Promise<EditorCopy> {
  const location = join(privateFolder(dir), name.replaceAll('/', '-'));
  writeFileAtomic(location, text, 0o600);
  const [editor = '', ...args] = command.trim().split(/\s+/);
  try {
    await execa(editor, [...args, location], { stdin: 'inherit', stdout: 2, stderr: 'inherit' });
  } catch (error) {
    const { code, exitCode } = error as { code?: string; exitCode?: number };
    const problem =
      code === 'ENOENT' ? 'there is no such program' : `it ended with an error (${exitCode ?? code})`;
    throw fail('EDITOR_FAILED', { editor, problem }, error);
  }
  return { location, text: readFileSync(location, 'utf8') };
}
