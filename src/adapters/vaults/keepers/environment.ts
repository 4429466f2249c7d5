import { fail } from '../../../core/errors/index.ts';
import { type KeyKeeper, keyFromText, keyVariable } from '../../../vault/index.ts';

/** The key in `SEC_VAULT_KEY_<CLIENT>`: opens one client's vault, for CI. Undefined where it is not set. */
export function environmentKeeper(env: Readonly<NodeJS.ProcessEnv>, client: string): KeyKeeper | undefined {
  const name = keyVariable(client);
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const key = keyFromText(text);
  if (!key) throw fail('VAULT_LOCKED', { client, problem: `${name} holds no key` });
  const where = `under the key in ${name}`;
  const refuse = () =>
    fail('VAULT_NO_KEEPER', { client, problem: `the key comes from ${name}, which sec cannot change` });
  return {
    where,
    keys: async () => [key],
    async keep(other) {
      if (Buffer.compare(other, key) !== 0) throw refuse();
    },
    async settle() {},
    async forget() {},
  };
}
