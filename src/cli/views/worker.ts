import pc from 'picocolors';
import { isSecError } from '../../core/errors/index.ts';
import { span } from '../../delivery/meter.ts';
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
  if (again !== undefined) return `${pc.yellow('!')} ${name}: ${what}\n  ${againWords(again)}`;
  const hint = isSecError(error) ? error.hint : String(error);
  return `${pc.red('✗')} ${name}: ${what}\n  ${hint}\n  No worker tries it again before somebody puts it up once more.`;
}

const againWords = (seconds: number) =>
  seconds === 0 ? 'The next worker that is free goes on with it.' : `It is tried again in ${span(seconds)}.`;
