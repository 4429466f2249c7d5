import { entry } from './entry.ts';

/** Failures of the room `vault`. None of them names a value. */
export const vaultErrors = {
  VAULT_UNREADABLE: entry<{ client: string; problem: string }>({
    title: 'The stored logins cannot be read',
    exit: 'io',
    message: ({ client, problem }) =>
      `The logins of "${client}" cannot be read: ${problem}. Nothing was changed.`,
    hint: ({ client }) =>
      `Put the file back from a backup, or remove it and store them anew: sec login ${client}`,
  }),
};
