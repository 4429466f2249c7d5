/** Words that are typed, and the exit code that they are there to show, where it is not 0. */
export interface TypedStop {
  readonly about: string;
  readonly words: readonly string[];
  readonly exit?: number;
}

/** One stop of the guided tour: what it is about, and the words that are typed, or what the client does meanwhile. */
export type Stop = TypedStop | { readonly about: string; readonly client: 'approves' };

export const CLIENT = 'maize';
/** The file from the till, in the demo's folder. */
export const CUSTOMERS_FILE = 'customers.csv';
/** The client that signs off what goes live and out, with a list of its own. */
export const APPROVING = 'smaids';
export const PATIENTS_FILE = 'patients.csv';
const NOTICE = 'darba-laiks';
export const CAMPAIGN = 'ziemassvetki';
const PAGE = 'jaunumi/ziemassvetku-pasutijumi';
/** The new text of the page's `description`. */
export const NEW_TEXT = 'Kliņģerus, pīrāgus un piparkūkas svētku galdam pieņemam līdz 22. decembrim.';

const patients = ['--csv', PATIENTS_FILE, '--basis', 'customer'];

/** The day of a secretary. @param suppressed somebody who asked for no more mail */
export function stops(suppressed: string): readonly Stop[] {
  return [
    { about: 'The bakery’s website goes live.', words: ['site', 'publish', CLIENT, '--yes'] },
    {
      about: 'The baker calls: orders are taken two days longer. A page is changed, and live.',
      words: [
        'site',
        'update',
        CLIENT,
        PAGE,
        '--set',
        `description=${NEW_TEXT}`,
        '--note',
        'the baker called',
        '--yes',
      ],
    },
    {
      about:
        'The customers come as a file from the till: semicolons, Latvian headers, 500 rows as real lists are.',
      words: [
        'list',
        'import',
        CLIENT,
        'klienti',
        CUSTOMERS_FILE,
        '--basis',
        'customer',
        '--source',
        'till, November',
        '--yes',
      ],
    },
    {
      about: 'One of them wants no mail.',
      words: ['list', 'suppress', CLIENT, suppressed, '--reason', 'asked on the phone'],
    },
    { about: 'Is the Christmas promotion ready to go?', words: ['promo', 'check', CLIENT, CAMPAIGN] },
    { about: 'It goes out, to everybody once.', words: ['promo', 'send', CLIENT, CAMPAIGN, '--yes'] },
    {
      about: 'The dental practice signs off its pages first. Its rule holds:',
      words: ['site', 'publish', APPROVING, '--yes'],
      exit: 77,
    },
    {
      about: 'So its owner is asked, by a mail with a link to the approval desk.',
      words: ['approval', 'request', APPROVING, 'site', '--yes'],
    },
    { about: 'She opens the link, looks at the pages, types her name, and approves.', client: 'approves' },
    {
      about: 'Exactly what she saw may go live now, and does.',
      words: ['site', 'publish', APPROVING, '--yes'],
    },
    {
      about: 'The notice to her patients needs her yes as well: the words, the list, the hours.',
      words: ['approval', 'request', APPROVING, NOTICE, ...patients, '--yes'],
    },
    { about: 'She sees it as three of her patients would, and approves.', client: 'approves' },
    { about: 'And it goes out.', words: ['promo', 'send', APPROVING, NOTICE, ...patients, '--yes'] },
  ];
}
