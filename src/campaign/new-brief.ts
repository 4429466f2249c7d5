/** What a new brief starts from. */
export interface NewBrief {
  readonly template: string;
  readonly subject: string;
  readonly list: string | undefined;
  readonly starts: Temporal.PlainDate;
  /** The client's website, for the links. */
  readonly url: string;
}

/**
 * The text of a new brief: every place that is to be filled in carries a ✎, which `promo check` looks for, and
 * nothing else needs to be changed for it to pass.
 */
export function newBrief({ template, subject, list, starts, url }: NewBrief): string {
  const ends = starts.add({ days: 30 });
  const shop = `${url.replace(/\/+$/, '')}/`;
  const own: Readonly<Record<string, string[]>> = {
    promo: offers(shop),
    newsletter: offers(shop),
    event: event(ends),
    notice: changes,
  };
  const fields = [
    '# Fill in what carries a ✎. A column of the list is written {{or first_name "friend"}}: what stands in',
    '# the column, or the other word for those who have nothing there.',
    `subject: ${JSON.stringify(subject)}`,
    'preheader: ✎ One sentence that is shown behind the subject',
    `template: ${template}`,
    list
      ? `list: ${list}`
      : '# list: customers          # the list it goes to; without it, name a file with --csv',
    `starts: ${starts}          # first and last day on the website`,
    `ends: ${ends}`,
    'page: true                  # a page of its own on the website',
    'banner: ✎ The line at the top of every page of the website',
    ...(own[template] ?? []),
  ];
  return `---\n${fields.join('\n')}\n---\n${text}`;
}

const offers = (url: string) => [
  'offers:',
  '  - name: ✎ What is offered',
  '    price: 9.90',
  '    was: 12.90               # the price before; take the line out where there is none',
  '    currency: EUR',
  '    description: ✎ One sentence about it',
  `    url: ${url}`,
];

const event = (day: Temporal.PlainDate) => [
  'event:',
  '  name: ✎ What it is called',
  `  begins: ${day}T17:00`,
  `  ends: ${day}T19:00`,
  '  place: ✎ Where it is',
  '  address: ✎ Street, town',
];

const changes = [
  'changes:',
  '  - what: ✎ What changes, such as Saturdays',
  '    from: ✎ as it was',
  '    to: ✎ as it will be',
];

const text = '✎ Write here what you want to say, in a few short paragraphs.\n';
