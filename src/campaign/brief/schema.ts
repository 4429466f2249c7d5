import { z } from 'zod';

const day = z
  .string()
  .refine(parses(Temporal.PlainDate), 'write a day as 2026-12-24')
  .describe('A day: 2026-12-24');
const moment = z
  .string()
  .refine(parses(Temporal.PlainDateTime), 'write a day and a time as 2026-12-05T17:00')
  .describe("A day and a time on the client's clock: 2026-12-05T17:00");
const link = z
  .string()
  .regex(/^(https?:\/\/|mailto:|tel:)\S+$/, 'write the whole address, such as https://example.com/offer/');
const mailbox = z
  .string()
  .regex(
    /^(?:[^<>@\p{Cc}]+<[^\s@<>,;]+@[^\s@<>,;]+>|[^\s@<>,;]+@[^\s@<>,;]+)$/u,
    'write an address as office@example.com or Name <office@example.com>',
  );
const oneLine = z.string().trim().min(1, 'this field is empty');
const shortName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use small letters a–z, digits and hyphens, such as spring-offer');
const amount = z
  .number('write a price as a number, such as 7.90')
  .min(0, 'a price cannot be below zero')
  .describe('A number: 7.90');
const picture = z.strictObject({
  src: z
    .string()
    .regex(
      /^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\:]+$|^https:\/\/\S+$/,
      "name a file in the campaign's folder, such as images/cake.jpg, or a whole https address",
    ),
  alt: z.string('say what the picture shows').describe('What the picture shows; empty for mere decoration'),
});

/** The fields at the top of a brief, after a translation has inherited what it does not say. */
export const briefSchema = z
  .strictObject({
    subject: oneLine.describe('Subject of the mail; merge fields work here'),
    preheader: z.string().default('').describe('The line that a mailbox shows behind the subject'),
    from: mailbox.optional().describe('Sender, where it is not the one of site.yaml'),
    replyTo: mailbox.optional(),
    template: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, 'write the name of a template, such as promo')
      .default('promo')
      .describe('Name of a template in templates/email'),
    language: z.string().optional().describe("Language of this file; the client's first one unless said"),
    list: shortName.optional().describe('The list of customers it goes to'),
    where: oneLine.optional().describe('Which of them, as an expression over the columns of the list'),
    starts: day.optional().describe('First day on the site'),
    ends: day.optional().describe('Last day on the site'),
    page: z.boolean('write true or false').default(false).describe('Whether the site gets a page for it'),
    web: z
      .boolean('write true or false')
      .optional()
      .describe(
        'Whether pictures and a web version of the mail are put on the site; true with a page or a banner',
      ),
    banner: oneLine.optional().describe("The line at the top of the client's pages"),
    slug: shortName.optional().describe("Last part of the page's address"),
    title: oneLine.optional().describe('Heading of the page and of the mail'),
    description: oneLine.optional().describe('One sentence for search engines'),
    hero: picture.optional().describe('The large picture at the top'),
    button: z.strictObject({ label: oneLine, url: link }).optional(),
    offers: z
      .array(
        z.strictObject({
          name: oneLine,
          price: amount,
          was: amount.optional().describe('The price before'),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, 'write a currency as three letters, such as EUR')
            .default('EUR'),
          url: link.optional(),
          description: oneLine.optional(),
        }),
      )
      .default([]),
    event: z
      .strictObject({
        name: oneLine,
        begins: moment,
        ends: moment.optional(),
        place: oneLine,
        address: oneLine.optional(),
        url: link.optional(),
        revision: z
          .int('write a whole number')
          .min(0)
          .default(0)
          .describe('One higher each time the event is moved, so that calendars take the new one'),
      })
      .optional(),
    changes: z
      .array(z.strictObject({ what: oneLine, from: oneLine.optional(), to: oneLine }))
      .default([])
      .describe('For a notice: what changes, from what, to what'),
  })
  .superRefine((brief, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const shown = brief.page ? 'a page' : brief.banner ? 'a banner' : undefined;
    if (shown && !brief.starts)
      wrong('starts', `${shown} needs its first day: add starts, such as 2026-11-15`);
    if (shown && !brief.ends) wrong('ends', `${shown} needs its last day: add ends, such as 2026-12-24`);
    if (brief.web && !brief.starts)
      wrong('starts', 'a web version needs its first day: add starts, such as 2026-11-15');
    if (brief.starts && brief.ends && brief.ends < brief.starts) wrong('ends', 'this day lies before starts');
    if (brief.event?.ends && Temporal.PlainDateTime.compare(brief.event.ends, brief.event.begins) < 0)
      ctx.addIssue({ code: 'custom', path: ['event', 'ends'], message: 'the event ends before it begins' });
  });

export type BriefFields = z.output<typeof briefSchema>;

function parses(type: { from(text: string): unknown }): (text: string) => boolean {
  return (text) => {
    try {
      type.from(text);
      return /^\d{4}-\d\d-\d\d/.test(text);
    } catch {
      return false;
    }
  };
}
