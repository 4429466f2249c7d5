/** One stop of the guided tour: what it is about, and the words that are typed. */
export interface Stop {
  readonly about: string;
  readonly words: readonly string[];
  /** The exit code that the stop is there to show, where it is not 0. */
  readonly exit?: number;
}

export const CLIENT = 'maize';
/** The file from the till, in the demo's folder. */
export const CUSTOMERS_FILE = 'customers.csv';
export const CAMPAIGN = 'ziemassvetki';
const PAGE = 'jaunumi/ziemassvetku-pasutijumi';
/** The new text of the page's `description`. */
export const NEW_TEXT = 'Kliņģerus, pīrāgus un piparkūkas svētku galdam pieņemam līdz 22. decembrim.';

/** The day of a secretary, in seven commands. @param suppressed somebody who asked for no more mail */
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
      words: ['site', 'publish', 'smaids', '--yes'],
      exit: 77,
    },
  ];
}
