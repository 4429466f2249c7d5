import { entry } from './entry.ts';

/** Failures of what is told about messages after they went out. */
export const eventErrors = {
  EVENTS_BROKEN: entry<{ client: string; problem: string }>({
    title: 'A record of events that cannot be used',
    exit: 'io',
    message: ({ client, problem }) =>
      `What was told of the messages of "${client}" cannot be read or written: ${problem}. Nothing was recorded.`,
    hint: ({ client }) =>
      `The file is .sec/clients/${client}/events.sqlite. Make room on the disk, or put it back from a backup; what is told again is counted once.`,
  }),
  EVENTS_REFUSED: entry<{ list: string; problem: string }>({
    title: 'SendGrid does not tell what came back',
    exit: 'unavailable',
    message: ({ list, problem }) =>
      `SendGrid was asked for its list "${list}" and did not give it: ${problem}. Nothing was recorded.`,
    hint: () =>
      'The API key needs the permission to read suppressions. Try again later where it is busy; asking again counts nothing twice.',
  }),
  EVENTS_SOURCE: entry<{ file: string; problem: string }>({
    title: 'Nothing to read events from',
    exit: 'badData',
    message: ({ file, problem }) => `${file}: ${problem}. Nothing was recorded.`,
    hint: () => 'Name a saved mail, a mailbox file, a folder of mails, or a file of SendGrid events (JSON).',
  }),
};
