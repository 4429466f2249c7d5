import { entry } from './entry.ts';

/** Failures of the vaults in which clients' logins are kept. */
export const vaultErrors = {
  LOGIN_NOT_NEEDED: entry<{ client: string; target: string }>({
    title: 'No login is needed',
    exit: 'usage',
    message: ({ target }) => `${target} needs no login: it is on this computer. Nothing was stored.`,
    hint: ({ client, target }) =>
      /^(outbox|smtp):/.test(target)
        ? `Try it straight away: sec promo test ${client}`
        : `Publish straight away: sec site publish ${client}`,
  }),
  LOGIN_WRONG: entry<{ client: string; what: string; target: string; problem: string }>({
    title: 'The login was tried and refused',
    exit: 'unavailable',
    message: ({ target, problem }) => `${target} does not let you in: ${problem}. Nothing was stored.`,
    hint: ({ client, what }) =>
      `Compare what was given with what the provider says, and try it again: sec login ${client}${what === 'host' ? '' : ` ${what}`}`,
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
  VAULT_LOCKED: entry<{ client: string; problem: string }>({
    title: 'A vault that does not open',
    exit: 'badConfig',
    message: ({ client, problem }) =>
      `The vault of "${client}" does not open: ${problem}. Nothing was changed.`,
    hint: ({ client }) =>
      `With the code of its recovery sheet it opens again: sec vault restore ${client}. Without one, store the logins anew after removing the vault: sec vault remove ${client}`,
  }),
  VAULT_PASSPHRASE: entry<{ client: string }>({
    title: 'A vault that needs its passphrase',
    exit: 'badConfig',
    message: ({ client }) =>
      `The vault of "${client}" is under a passphrase, and nobody can be asked for it here. Nothing was changed.`,
    hint: ({ client }) =>
      `Run it in a terminal, or set SEC_VAULT_PASSPHRASE. For CI there is a key of the client's own: sec vault ci-key ${client}`,
  }),
  VAULT_NO_KEEPER: entry<{ client: string; problem: string }>({
    title: 'Nowhere to keep the key of a vault',
    exit: 'badConfig',
    message: ({ client, problem }) =>
      `The logins of "${client}" would be encrypted, and there is nowhere to keep the key: ${problem}. Nothing was stored.`,
    hint: () =>
      'Run it in a terminal and choose a passphrase, or set SEC_VAULT_PASSPHRASE, or start the keychain (Secret Service) of this computer.',
  }),
  VAULT_CODE_WRONG: entry<{ client: string }>({
    title: 'A recovery code with a mistake',
    exit: 'usage',
    message: ({ client }) =>
      `That is not a recovery code: a sign is wrong or missing. The vault of "${client}" is as it was.`,
    hint: () => 'It has 56 letters and digits in groups of four; compare them with the sheet once more.',
  }),
};
