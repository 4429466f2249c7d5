import { entry } from './entry.ts';

/** What a failure says of the host where nothing else is known. */
const UNCHANGED = 'Nothing was changed there.';

/** Failures on the way to a host, before anything on it was looked at or changed. */
export const hostErrors = {
  HOST_URL_INVALID: entry<{ target: string; problem: string; example: string }>({
    title: "A host's address that does not fit",
    exit: 'badConfig',
    message: ({ target, problem }) =>
      `${target} cannot be used as a host: ${problem}. Nothing was published.`,
    hint: ({ example }) => `Correct host: in site.yaml. It looks like this: host: ${example}`,
  }),
  HOST_UNREACHABLE: entry<{ target: string; problem: string; live?: string }>({
    title: 'The host does not answer',
    exit: 'unavailable',
    message: ({ target, problem, live = UNCHANGED }) => `${target} cannot be reached: ${problem}. ${live}`,
    hint: () =>
      'Is this computer online, and is host: in site.yaml right? Running the command again is safe.',
  }),
  LOGIN_REFUSED: entry<{ client?: string; target: string; problem: string; live?: string }>({
    title: 'The host does not accept the login',
    exit: 'unavailable',
    message: ({ target, problem, live = UNCHANGED }) => `${target} does not let you in: ${problem}. ${live}`,
    hint: ({ client = '<client>' }) =>
      `Was the password or key changed, or does it lack rights? Store the new one with: sec login ${client}`,
  }),
  HOST_IDENTITY_UNKNOWN: entry<{ client: string; target: string }>({
    title: "The host's key is not known yet",
    exit: 'refused',
    message: ({ target }) =>
      `The key of ${target} has not been confirmed on this computer, so no login was sent. Nothing was changed.`,
    hint: ({ client }) =>
      `Compare its fingerprint with the one that the host's owner gives you: sec login ${client}`,
  }),
  HOST_IDENTITY_CHANGED: entry<{
    client?: string;
    target: string;
    /** `SSH host key` or `TLS certificate`. */
    what?: string;
    shown?: string;
    expected?: string;
  }>({
    title: 'Another computer answers in place of the host',
    exit: 'refused',
    message: ({ target, what = 'key', shown, expected }) =>
      `The ${what} that ${target} shows${shown ? `, ${shown},` : ''} is not the one that was confirmed${expected ? `, ${expected}` : ''}. No login was sent, nothing was changed.`,
    hint: ({ client = '<client>' }) =>
      `Ask whoever runs the host whether its key was changed. Only if they say so: sec login ${client}`,
  }),
  HOST_ROOT_REAL: entry<{ target: string; root: string }>({
    title: 'A folder that cannot be switched',
    exit: 'refused',
    message: ({ target, root }) =>
      `On ${target} the folder ${root} is a real folder with files in it, or a link to one. rsync:// makes it a link to the live release, and does not touch what somebody put there. Nothing was changed.`,
    hint: () =>
      'Have that folder moved away on the host and publish again, or publish file by file: write sftp:// in place of rsync:// in site.yaml.',
  }),
  HOST_PROGRAM_MISSING: entry<{ target: string; program: string; where: string }>({
    title: 'A program that the host needs is missing',
    exit: 'unavailable',
    message: ({ target, program, where }) =>
      `${target} is published to with ${program}, which ${where} does not have. Nothing was changed.`,
    hint: ({ program, where }) => `Install ${program} on ${where}, or use another kind of host.`,
  }),
};
