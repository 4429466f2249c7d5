import { entry, oneOf, type Place, where } from './entry.ts';

/** Failures of the folder a secretary works in. */
export const workspaceErrors = {
  WORKSPACE_NOT_FOUND: entry<{ from: string }>({
    title: 'No workspace here',
    exit: 'badConfig',
    message: ({ from }) =>
      `There is no workspace in ${from} or in any folder above it (no sec.yaml was found).`,
    hint: () =>
      'Go to the folder that holds sec.yaml, name it with --workspace, or make a new one with: sec init',
  }),
  WORKSPACE_EXISTS: entry<{ dir: string }>({
    title: 'The workspace exists already',
    exit: 'cannotCreate',
    message: ({ dir }) => `${dir} is a workspace already: it holds a sec.yaml. Nothing was changed.`,
    hint: () => 'Add a client to it with: sec client add',
  }),
  CLIENT_UNKNOWN: entry<{ client: string; near: readonly string[]; known: readonly string[] }>({
    title: 'Unknown client',
    exit: 'usage',
    message: ({ client }) => `There is no client "${client}" in this workspace. Nothing was changed.`,
    hint: ({ near, known }) => {
      if (near.length > 0) return `Did you mean ${oneOf(near)}? All clients: sec client list`;
      return known.length > 0
        ? `Clients here: ${known.join(', ')}`
        : 'Add the first one with: sec client add';
    },
  }),
  CLIENTS_NONE: entry<Record<never, never>>({
    title: 'No client yet',
    exit: 'usage',
    message: () => 'There is no client in this workspace yet. Nothing was changed.',
    hint: () => 'Add the first one with: sec client add',
  }),
  CLIENT_EXISTS: entry<{ client: string }>({
    title: 'The client exists already',
    exit: 'cannotCreate',
    message: ({ client }) => `There is a client "${client}" already. Nothing was changed.`,
    hint: ({ client }) => `See it with: sec client show ${client}`,
  }),
  CLIENT_NAME_INVALID: entry<{ client: string; suggestion: string }>({
    title: 'A client name that cannot be a folder',
    exit: 'usage',
    message: ({ client }) =>
      `"${client}" cannot be a client's short name: it may hold small letters a–z, digits and hyphens, and begins with a letter.`,
    hint: ({ suggestion }) => (suggestion ? `Try: ${suggestion}` : 'Try a short word such as: bakery'),
  }),
  YAML_BROKEN: entry<Place & { problem: string }>({
    title: 'A YAML file that cannot be read',
    exit: 'badConfig',
    message: (p) => `${where(p)}: ${p.problem}. The file was left as it is.`,
    hint: () =>
      'Mend that line and try again. Indentation is spaces, never tabs; text with ": " in it needs quotes.',
  }),
  FRONT_MATTER_REFUSED: entry<Place & { language: string }>({
    title: 'Front matter that is not YAML',
    exit: 'badData',
    message: (p) =>
      `${where(p)}: the fields are written as "${p.language}". Only YAML is read, and code in a file is never run. Nothing was changed.`,
    hint: ({ language }) =>
      language === 'toml'
        ? 'Fields between +++ are TOML. Whoever made the site can turn all of them into YAML at once: hugo convert toYAML --unsafe'
        : 'Write --- alone on the first line, then a "field: value" on each line, then --- again.',
  }),
  FRONT_MATTER_OPEN: entry<Place>({
    title: 'Front matter without an end',
    exit: 'badData',
    message: (p) =>
      `${where(p)}: the fields begin with --- but the closing --- is missing. Nothing was changed.`,
    hint: () => 'Put a line with only --- after the last field.',
  }),
  FIELD_INVALID: entry<Place & { problem: string; fits?: string | undefined }>({
    title: 'A value that does not fit its field',
    exit: 'badConfig',
    message: (p) => `${where(p)}: ${p.problem}. Nothing was changed.`,
    hint: (p) => p.fits ?? 'Correct the value and try again.',
  }),
};
