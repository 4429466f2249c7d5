import { fail } from '../core/errors/index.ts';

/** Names that Windows gives to devices, with any ending (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const forbidden = /[<>:"|?*]/;
const control = /\p{Cc}/u;
/** Longest name of one file or folder on the usual file systems, in bytes of UTF-8. */
const LONGEST_NAME = 255;
/** First folder of what sec itself keeps on hosts that have no place outside the web root. */
const OWN_FOLDER = '.sec';

/** Why a path of a release cannot be published; undefined where it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'an empty name';
  if (path.startsWith('/')) return 'begins with a slash';
  if (path.includes('\\')) return 'holds a backslash';
  if (control.test(path)) return 'holds a control character';
  if (!path.isWellFormed()) return 'holds half a character';
  const names = path.split('/');
  if (names[0]?.toLowerCase() === OWN_FOLDER) return 'is a name that sec keeps for itself';
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem) return problem;
  }
  return undefined;
}

/**
 * Checks all paths of a release, alone and against each other: two names that are one on some host (upper and
 * lower case, composed and decomposed letters), or a name that is a file and a folder at once.
 *
 * @throws PATHS_UNSAFE
 */
export function checkPaths(paths: Iterable<string>): void {
  const problems: string[] = [];
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const path of paths) {
    const problem = pathProblem(path);
    if (problem) {
      problems.push(`${JSON.stringify(path)} ${problem}`);
      continue;
    }
    const twin = files.get(folded(path));
    if (twin !== undefined) problems.push(`"${twin}" and "${path}" are one name on some computers`);
    files.set(folded(path), path);
    for (const folder of foldersOf(path)) {
      const other = folders.get(folded(folder));
      if (other !== undefined && other !== folder)
        problems.push(`"${other}" and "${folder}" are one folder on some computers`);
      folders.set(folded(folder), folder);
    }
  }
  for (const [key, path] of files)
    if (folders.has(key)) problems.push(`"${path}" is a file and a folder at once`);
  if (problems.length > 0) throw fail('PATHS_UNSAFE', { problems: [...new Set(problems)] });
}

/** `a/b/c` has the folders `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash));
  return folders;
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'holds two slashes in a row, or ends with one';
  if (name === '.' || name === '..') return `holds the step "${name}"`;
  if (/[. ]$/.test(name)) return 'holds a name that ends with a dot or a space';
  if (forbidden.test(name)) return 'holds one of the characters < > : " | ? *';
  if (deviceName.test(name)) return 'holds a name that Windows keeps for a device';
  if (Buffer.byteLength(name) > LONGEST_NAME) return 'holds a name longer than 255 bytes';
  return undefined;
}

/** One text for all spellings of a name that some disks take for the same: letter case, composed letters. */
export const folded = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
