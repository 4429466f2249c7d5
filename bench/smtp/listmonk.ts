import { setTimeout as wait } from 'node:timers/promises';
import { type ListmonkServer, startListmonk } from './listmonk-server.ts';

/** A listmonk with its people imported, ready to send the same message again and again. */
export interface Listmonk {
  /** Sends one campaign to everybody. @returns messages per second, from the first that the sink took to the last */
  send(): Promise<number>;
  stop(): Promise<void>;
}

interface Content {
  readonly html: string;
  readonly text: string;
}

/**
 * Imports so many people by listmonk's own API.
 *
 * @param taken how many messages the sink has taken so far
 */
export async function openListmonk(
  url: string,
  { html, text }: Content,
  count: number,
  taken: () => Promise<number>,
): Promise<Listmonk> {
  const server = await startListmonk(new URL(url));
  try {
    const list = await madeId(server, '/lists', { name: 'Bench', type: 'private', optin: 'single' });
    await importPeople(server, list, count);
    const template = await madeId(server, '/templates', {
      ...{ name: 'Bare', type: 'campaign', body: '{{ template "content" . }}' },
    });
    return {
      async send() {
        const campaign = await madeId(server, '/campaigns', {
          ...{ name: 'Spring', subject: 'Spring {{ .Subscriber.FirstName }}', lists: [list] },
          ...{ type: 'regular', content_type: 'html', messenger: 'email', template_id: template },
          ...{ from_email: 'Kaldi <news@kaldi.example>', body: html, altbody: text },
        });
        const before = await taken();
        await server.call('PUT', `/campaigns/${campaign}/status`, { status: 'running' });
        // It looks for campaigns to begin every five seconds: that wait is not held against it.
        await until(async () => (await taken()) > before);
        const [first, began] = [await taken(), performance.now()];
        await until(async () => (await taken()) >= before + count);
        return (1000 * (before + count - first)) / (performance.now() - began);
      },
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function madeId(server: ListmonkServer, path: string, body: object): Promise<number> {
  const { id } = (await server.call('POST', path, body)) as { readonly id: number };
  return id;
}

async function importPeople(server: ListmonkServer, list: number, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => `p${n}@example.com,Person ${n}\n`);
  const form = new FormData();
  const how = { mode: 'subscribe', subscription_status: 'confirmed', delim: ',', lists: [list] };
  form.set('params', JSON.stringify({ ...how, overwrite: true }));
  form.set('file', new Blob(['email,name\n', ...rows]), 'people.csv');
  await server.call('POST', '/import/subscribers', form);
  await until(async () => {
    const { status } = (await server.call('GET', '/import/subscribers')) as { readonly status: string };
    if (status === 'failed') throw new Error('listmonk could not import the people.');
    return status === 'finished';
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 60_000; !(await isSo()); left--) {
    if (left === 0) throw new Error('listmonk did not come to an end.');
    await wait(10);
  }
}
