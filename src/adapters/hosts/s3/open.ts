import { randomUUID } from 'node:crypto';
import { fail } from '../../../core/errors/index.ts';
import type { Host, HostLogin, Secrets } from '../../../publish/index.ts';
import type { HostOptions } from '../options.ts';
import { s3Host } from '../s3.ts';
import { usualPatience } from '../shared/http.ts';
import { looking } from '../shared/trouble.ts';
import { parseS3Url } from './address.ts';
import { objectStore, type S3Keys } from './store.ts';

/** The host of an `s3://` address. Keys come from the environment, as every tool for S3 takes them, or from `sec login`. */
export async function openS3(url: string, { client, clock, env, credentials }: HostOptions): Promise<Host> {
  const address = parseS3Url(url, env);
  return s3Host({
    address,
    client: client.name,
    clock,
    async connect() {
      const keys = keysFrom(env) ?? storedKeys(await credentials());
      return objectStore({ address, keys, patience: usualPatience });
    },
  });
}

/** How an object store is logged in to. The test writes an object, writes it only if it is not there, and removes it. */
export async function s3Login(
  url: string,
  { client, env }: Omit<HostOptions, 'credentials'>,
): Promise<HostLogin> {
  const address = parseS3Url(url, env);
  const { target } = address;
  return {
    target,
    questions: [
      { key: 'accessKeyId', question: 'What is the access key id?', isSecret: false },
      { key: 'secretAccessKey', question: 'What is the secret access key?', isSecret: true },
    ],
    identify: async () => undefined,
    test: (secrets) =>
      looking({ target, client: client.name }, async () => {
        const store = await objectStore({ address, keys: storedKeys(secrets), patience: usualPatience });
        const path = `.sec/login-${randomUUID()}`;
        const bytes = Buffer.from('A test of sec login\n');
        await store.put(path, bytes, {}, 'new');
        const isConditional = (await store.put(path, bytes, {}, 'new')) === undefined;
        const read = await store.get(path);
        await store.remove(path);
        if (!read?.bytes.equals(bytes))
          throw fail('LOGIN_REFUSED', {
            client: client.name,
            target,
            problem: 'what was written did not read back',
          });
        if (!isConditional)
          throw fail('LOGIN_REFUSED', { client: client.name, target, problem: NO_CONDITIONS });
      }),
  };
}

const NO_CONDITIONS =
  'it has no conditional writes (If-None-Match), without which two people could publish at once';

function keysFrom(env: Readonly<NodeJS.ProcessEnv>): S3Keys | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN };
}

const storedKeys = ({ accessKeyId = '', secretAccessKey = '' }: Secrets): S3Keys => ({
  accessKeyId,
  secretAccessKey,
});
