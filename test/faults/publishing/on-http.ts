import { startHttpRefuser } from '../../support/http-refusals.ts';
import { startNetlify } from '../../support/netlify-endpoint.ts';
import { startProxy } from '../../support/proxy.ts';
import { startS3 } from '../../support/versitygw.ts';
import { theirs } from '../sites.ts';
import type { FaultyHost } from './faulty-host.ts';

/** What sec keeps among the objects; the lock of a run that died after its work was done stays as well. */
const records = ['.sec/state.json', '.sec/lock.json'];
const FOR_GOOD = Number.POSITIVE_INFINITY;

/** A server that is asked over HTTP, behind a proxy, behind one that answers with errors. */
async function behindBoth(port: number) {
  const refuser = await startHttpRefuser(port);
  const proxy = await startProxy({ to: { port: refuser.port } });
  return {
    proxy,
    refusals: {
      'one 503': () => refuser.refuse({ status: 503, times: 1 }),
      'one 500 after the work was done': () => refuser.refuse({ status: 500, after: true, times: 1 }),
      'two 429': () => refuser.refuse({ status: 429, times: 2 }),
      '507 from then on': () => refuser.refuse({ status: 507, times: FOR_GOOD }),
      '403 from then on': () => refuser.refuse({ status: 403, times: FOR_GOOD }),
    },
    relent: () => refuser.relent(),
    async stop() {
      await proxy.stop();
      await refuser.stop();
    },
  };
}

/** A site in an object store. @param program versitygw */
export async function faultyS3(program: string): Promise<FaultyHost> {
  const server = await startS3(program);
  const bucket = await server.bucket('kaldi');
  const way = await behindBoth(server.port);
  await bucket.put(`site/${theirs.path}`, theirs.text);
  const url = `s3://kaldi/site?endpoint=http://127.0.0.1:${way.proxy.port}`;
  const texts = async () =>
    Object.entries(await bucket.texts()).map(([key, text]) => [key.slice('site/'.length), text] as const);
  const isOwn = (path: string) => path.startsWith('.sec/');
  return {
    ...way,
    order: { kind: 's3', url, keys: server.keys },
    isEncrypted: false,
    isAtomic: false,
    live: async () => Object.fromEntries((await texts()).filter(([path]) => !isOwn(path))),
    async add(files) {
      for (const [path, text] of Object.entries(files)) await bucket.put(`site/${path}`, text);
    },
    leftovers: async () =>
      (await texts()).flatMap(([path]) => (isOwn(path) && !records.includes(path) ? [path] : [])),
    async stop() {
      await way.stop();
      await server.stop();
    },
  };
}

export async function faultyNetlify(): Promise<FaultyHost> {
  const endpoint = await startNetlify();
  endpoint.deployByHand({ [theirs.path]: theirs.text });
  const way = await behindBoth(endpoint.port);
  const { site, token } = endpoint;
  return {
    ...way,
    order: { kind: 'netlify', api: `http://127.0.0.1:${way.proxy.port}/api/v1`, site, token },
    isEncrypted: false,
    isAtomic: true,
    live: async () => endpoint.live(),
    add: async (files) => void endpoint.deployByHand(files),
    async stop() {
      await way.stop();
      await endpoint.stop();
    },
  };
}
