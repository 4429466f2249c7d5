import { entry } from './entry.ts';

/** Failures of the room `vault`. None of them names a value. */
export const vaultErrors = {
  LOGIN_NOT_NEEDED: entry<{ client: string; target: string }>({
    title: 'No login is needed',
    exit: 'usage',
    message: ({ target }) => `${target} needs no login: it is a folder of this computer. Nothing was stored.`,
    hint: ({ client }) => `Publish straight away: sec site publish ${client}`,
  }),
  LOGIN_INPUT_INVALID: entry<{ problem: string; keys: readonly string[] }>({
    title: 'The login on the input cannot be used',
    exit: 'badData',
    message: ({ problem }) => `The login was to be read from the input, and ${problem}. Nothing was stored.`,
    hint: ({ keys }) =>
      `Hand it over as one JSON object of texts, from a file or a secret store, never as an argument. Names: ${keys.join(', ')}`,
  }),
  LOGIN_IDENTITY_UNKNOWN: entry<{ target: string; what: string; fingerprint: string; key: string }>({
    title: 'A host that nobody has vouched for',
    exit: 'refused',
    message: ({ target, what, fingerprint }) =>
      `${target} shows the ${what} ${fingerprint}, and nobody has said that it is the right one. No login was sent, nothing was stored.`,
    hint: ({ key, fingerprint }) =>
      `Compare it with what the provider says. If it is right, add to the JSON on the input: "${key}": "${fingerprint}"`,
  }),
  VAULT_UNREADABLE: entry<{ client: string; problem: string }>({
    title: 'The stored logins cannot be read',
    exit: 'io',
    message: ({ client, problem }) =>
      `The logins of "${client}" cannot be read: ${problem}. Nothing was changed.`,
    hint: ({ client }) =>
      `Put the file back from a backup, or remove it and store them anew: sec login ${client}`,
  }),
};
