import type { MessagePort } from 'node:worker_threads';
import type { Form } from '../../../../delivery/mime/form.ts';
import { openCarrier } from '../carrier.ts';
import type { Letter } from '../letter.ts';
import type { MayGo } from '../may-go.ts';
import type { SmtpOptions } from '../options.ts';
import { type Entries, NO_PERMIT, type Order, sharedNow, type Word } from './messages.ts';

/** Does in this thread what is asked through the port, until it is told to close. */
export function serveCarrier(port: MessagePort, options: SmtpOptions): void {
  const carrier = openCarrier(options);
  const asked = new Map<number, (until: number) => void>();
  const forms = new Map<number, Form>();
  const letterOf = ({ from, to, form: number, entries }: Entries): Letter => {
    const form = forms.get(number);
    if (!form) throw new TypeError('A letter came before its form.');
    return { from, to, form, entries };
  };
  const say = (word: Word) => port.postMessage(word);

  const askFor = (id: number) =>
    new Promise<number>((resolve) => {
      asked.set(id, resolve);
      say({ kind: 'mayGo', id });
    });

  /** Whether a letter may go: by the permit that came with it, else by one that is asked for. */
  const permission = (id: number, first: number): MayGo => {
    let until = first;
    const askAnew = async () => {
      while (sharedNow() >= until) {
        until = await askFor(id);
        if (until === NO_PERMIT) return false;
      }
      return true;
    };
    return () => sharedNow() < until || askAnew();
  };

  port.on('message', async (order: Order) => {
    switch (order.kind) {
      case 'check':
        say({ kind: 'checked', id: order.id, obstacle: await carrier.check() });
        break;
      case 'form':
        forms.set(order.number, order.form);
        break;
      case 'carry': {
        const carried = await carrier.carry(order.letters.map(letterOf), permission(order.id, order.until));
        say({ kind: 'carried', id: order.id, carried });
        break;
      }
      case 'permit':
        asked.get(order.id)?.(order.until);
        asked.delete(order.id);
        break;
      case 'close':
        await carrier.close();
        port.close();
    }
  });
}
