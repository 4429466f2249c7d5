import pc from 'picocolors';
import { isSecError } from '../../core/errors/index.ts';
import { span } from '../../delivery/meter.ts';
import { isLack } from '../../delivery/worker/again.ts';
import type { WorkerNews } from '../context/worker.ts';

/** One line of what a worker did with a campaign, and a second one where a person must look at it. */
export function workerNewsView({ client, campaign, receipt, error, again }: WorkerNews): string {
  const name = pc.bold(`${client} / ${campaign}`);
  if (receipt) {
    const { state, accepted, rejected, inDoubt, planned, sending } = receipt;
    const mark = state === 'finished' && inDoubt === 0 ? pc.green('✓') : pc.yellow('!');
    const left = planned > 0 ? `, ${planned} still to go` : '';
    const counts = `${accepted} accepted, ${rejected} rejected, ${inDoubt} in doubt${left}`;
    if (state === 'sending')
      return `${pc.cyan('•')} ${name}: nothing is left for this worker; the last ${sending} are with others. So far ${counts}`;
    return `${mark} ${name}: ${state}; ${counts}`;
  }
  const what = isSecError(error) ? error.message : 'something unexpected went wrong';
  const hint = isSecError(error) ? error.hint : String(error);
  if (isLack(error))
    return `${pc.yellow('!')} ${name}: ${what}\n  ${hint}${approvalWords(error)}\n  Until then it is left to other workers. ${againWords(again ?? 0)}`;
  if (again !== undefined) return `${pc.yellow('!')} ${name}: ${what}\n  ${againWords(again)}`;
  return `${pc.red('✗')} ${name}: ${what}\n  ${hint}\n  No worker tries it again before somebody puts it up once more.`;
}

/** Approvals come through the database; what they are checked with does not, so that nobody who writes to it can approve. */
const approvalWords = (error: unknown) =>
  isSecError(error, 'APPROVAL_MISSING')
    ? '\n  If it was approved on another machine, bring this checkout of the workspace up to date: an approval comes through the shared database, and the keys that it is checked with lie in sites/…/approvals/keys.json.'
    : '';

const againWords = (seconds: number) =>
  seconds === 0 ? 'The next worker that is free goes on with it.' : `It is tried again in ${span(seconds)}.`;
