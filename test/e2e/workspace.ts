import { minimal } from '../campaign/workspace.ts';
import { write } from '../support/kaldi.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The files of the contract with the comment above each that says which file it is, as they are copied from there. */
export function minimalWorkspace(): string {
  const dir = temporaryFolder();
  for (const [path, text] of Object.entries(minimal))
    write(dir, path, path.endsWith('.md') ? `<!-- ${path} -->\n${current(text)}` : `# ${path}\n${text}`);
  write(dir, 'customers.csv', 'email,First name\nanna@example.com,Anna\nbob@example.org,\nnobody,Nobody\n');
  return dir;
}

/** A campaign is sent between its days alone: these are the first and the last of this year. */
const current = (brief: string) => {
  const { year } = Temporal.Now.plainDateISO();
  return brief.replace('2026-03-01', `${year}-01-01`).replace('2026-12-31', `${year}-12-31`);
};
