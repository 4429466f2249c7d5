import { isSecError } from '../../core/errors/index.ts';
import { step, type Work } from '../../core/progress.ts';
import type { Finding } from '../../desk/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Context } from './context.ts';
import { mailFindings } from './doctor-mail.ts';
import { officeFindings } from './doctor-office.ts';
import { siteFindings } from './doctor-site.ts';
import { trustFindings } from './doctor-trust.ts';

/** What `sec doctor --json` prints. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly problems: number;
  readonly warnings: number;
}

/**
 * Looks whether everything that sec leans on is as it should be: the workspace, each client's host, mail and
 * the DNS of the sender's domain. Reads only; nothing is published or sent.
 */
export async function* diagnose(context: Context, only: string | undefined): Work<Diagnosis> {
  const workspace = context.workspace();
  yield step('Looking at the office');
  const findings: Finding[] = await officeFindings(workspace);
  for (const name of only === undefined ? workspace.clientNames() : [only]) {
    yield step(`Looking at ${name}`);
    findings.push(...(await clientFindings(context, name, only !== undefined)));
  }
  const of = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  return { findings, problems: of('problem'), warnings: of('warning') };
}

/** One client's mistake is its own finding, unless it was asked for by name. */
async function clientFindings(context: Context, name: string, isNamed: boolean): Promise<Finding[]> {
  let client: Client;
  try {
    client = context.workspace().client(name);
  } catch (error) {
    if (isNamed || !isSecError(error)) throw error;
    return [{ about: name, check: 'settings', state: 'problem', text: error.message, fix: error.hint }];
  }
  const points = await Promise.all([
    siteFindings(context, client),
    mailFindings(context, client),
    trustFindings(context, client),
  ]);
  return points.flat().map((finding) => ({ about: name, ...finding }));
}
