import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Form } from '../../../../delivery/mime/form.ts';
import { packageRoot } from '../../../files/package-root.ts';
import type { Carrier } from '../carrier.ts';
import type { Letter } from '../letter.ts';
import type { MayGo } from '../may-go.ts';
import type { SmtpOptions } from '../options.ts';
import { type CarrierStart, type Entries, NO_PERMIT, type Order, sharedNow, type Word } from './messages.ts';

/** How long letters may go out after a yes, but never into the next minute: sending hours end with a full one. */
const PERMIT_MS = 500;
const MINUTE_MS = 60_000;
/** A polite end takes a second at most. */
const CLOSE_MS = 1500;

interface Pending {
  readonly mayGo: MayGo;
  resolve(word: Word): void;
  reject(error: unknown): void;
}

/**
 * Carries letters in a thread of its own: what the sockets cost is spent beside the ledger and the making of the mails.
 * The thread is given each form once, and of a letter only the entries: it puts the two together where they go out.
 */
export function openThreadCarrier(options: SmtpOptions): Carrier {
  const start: CarrierStart = { options, compileCache: getCompileCacheDir() };
  const worker = new Worker(threadFile(), { workerData: start });
  const pending = new Map<number, Pending>();
  const forms = new Map<Form, number>();
  let last = 0;
  let gone: unknown;

  const permitFor = async (mayGo: MayGo) => {
    const leftOfMinute = MINUTE_MS - (Temporal.Now.instant().epochMilliseconds % MINUTE_MS);
    return (await mayGo()) ? sharedNow() + Math.min(PERMIT_MS, leftOfMinute) : NO_PERMIT;
  };
  const say = (order: Order) => worker.postMessage(order);
  const entriesOf = ({ form, from, to, entries }: Letter): Entries => ({
    from,
    to,
    form: forms.get(form) ?? giveForm(form),
    entries,
  });
  const giveForm = (form: Form): number => {
    const number = forms.size;
    forms.set(form, number);
    say({ kind: 'form', number, form });
    return number;
  };
  const fail = (error: unknown) => {
    gone ??= error;
    for (const { reject } of pending.values()) reject(gone);
    pending.clear();
  };
  const ask = (mayGo: MayGo, order: (id: number) => Order) =>
    new Promise<Word>((resolve, reject) => {
      if (gone !== undefined) return reject(gone);
      const id = ++last;
      pending.set(id, { mayGo, resolve, reject });
      say(order(id));
    });

  worker.on('message', async (word: Word) => {
    const { id } = word;
    const waiting = pending.get(id);
    if (!waiting) return;
    if (word.kind === 'mayGo') return say({ kind: 'permit', id, until: await permitFor(waiting.mayGo) });
    pending.delete(id);
    waiting.resolve(word);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that sends has ended')));

  return {
    async check() {
      const word = await ask(never, (id) => ({ kind: 'check', id }));
      return word.kind === 'checked' ? word.obstacle : undefined;
    },
    async carry(letters, mayGo) {
      const until = await permitFor(mayGo);
      const given = letters.map(entriesOf);
      const word = await ask(mayGo, (id) => ({ kind: 'carry', id, letters: given, until }));
      if (word.kind !== 'carried') throw new TypeError('The thread answered something else.');
      return word.carried;
    },
    async close() {
      if (gone !== undefined) return;
      const ended = once(worker, 'exit');
      say({ kind: 'close' });
      await Promise.race([ended, wait(CLOSE_MS, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}

const never = () => false;

/** The thread's own file: built beside the commands, or the source where sec runs from its sources. */
function threadFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = 'adapters/transports/smtp/thread/carrier-thread';
  return join(packageRoot(), isSource ? `src/${file}.ts` : `dist/${file}.js`);
}
