import { entry } from './entry.ts';

/** Failures where somebody is to be forgotten. */
export const privacyErrors = {
  ERASURE_WAITS: entry<{ client: string; campaign: string }>({
    title: 'A mail to this person is on its way',
    exit: 'stoppedPartWay',
    message: ({ client, campaign }) =>
      `"${campaign}" is being sent to that person at ${client} at this moment. They get no further mail from now on; nothing was erased yet.`,
    hint: ({ client, campaign }) =>
      `Run the same command again when the send is done, or pause it first: sec promo pause ${client} ${campaign}`,
  }),
  ERASURE_UNFINISHED: entry<{ client: string; problem: string }>({
    title: 'Somebody was erased in part',
    exit: 'stoppedPartWay',
    message: ({ client, problem }) =>
      `Not all that is held of that person at ${client} could be erased: ${problem}. They get no further mail from now on.`,
    hint: () =>
      'Run the same command again; it finds what is left. Other commands that use the lists of this client must be done first.',
  }),
};
