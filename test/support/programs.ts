import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps programs that are not for every day, so that an ordinary user's PATH lacks them. */
const serverFolders = ['/usr/sbin', '/usr/lib/openssh', ...postgresFolders()];

/**
 * The absolute path of the first of `names` that this machine has, on the PATH or among the system's servers
 * (sshd, proftpd, smtpd, postgres); undefined where it has none.
 */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...serverFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(mayRun);
}

/**
 * Whether a suite that needs these programs is left out here, which a line then says. Where CI is set nothing
 * is left out: the suite runs, and fails for want of them.
 */
export function isLeftOutWithout(debianPackage: string, ...names: readonly string[]): boolean {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0 || process.env.CI === 'true') return false;
  console.warn(`Left out: no ${missing.join(', ')} on this machine: install the package ${debianPackage}.`);
  return true;
}

/** Newest version first. */
function postgresFolders(): string[] {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(versions, version, 'bin'));
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
