import { z } from 'zod';

const localeCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'write a language as two letters, such as lv or en');
const emailText = z.string().regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'this is not an e-mail address');
const timezone = z.string().refine(isTimezone, 'this is not a time zone; write it as Europe/Riga');
const day = z.enum(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  'write a day as mon, tue, wed, thu, fri, sat or sun',
);
const hours = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'write hours as "09:00-18:00"')
  .refine(
    (text) => text.slice(0, 5) < text.slice(6),
    'the first time must be before the second, as in "09:00-18:00"',
  );
const required = z.enum(['none', 'required'], 'write none or required');

/** `sec.yaml`: the office. */
export const workspaceSchema = z.strictObject({
  operator: z.strictObject({ name: z.string().min(1), email: emailText }).describe('Who works here'),
  locale: localeCode.default('en').describe('The language that sec speaks where a client has none'),
  timezone: timezone.default('Europe/Riga').describe('IANA time zone, such as Europe/Riga'),
  desk: z
    .url({ protocol: /^https?$/, error: 'write the whole address, such as https://desk.example.com' })
    .refine(
      (text) => /^https:|^http:\/\/localhost(:|\/|$)/.test(text),
      'the desk must be reached by https; only on localhost it works without',
    )
    .optional()
    .describe('Where clients reach the approval desk (sec approval serve)'),
  ledger: z.string().optional().describe('Where sends are recorded; a file in .sec/ unless said otherwise'),
});

/** A field of a client's own, declared for a kind of page. */
const fieldSchema = z.strictObject({
  type: z.enum(['text', 'long-text', 'number', 'boolean', 'date', 'choice', 'image', 'url', 'email', 'list']),
  label: z.string().optional().describe('What the field is called in plain words'),
  required: z.boolean().default(false),
  min: z.number().optional().describe('Smallest number, or fewest characters'),
  max: z.number().optional().describe('Largest number, or most characters'),
  choices: z.array(z.string()).optional().describe('For type choice: what may be chosen'),
});

const kindSchema = z.strictObject({
  label: z.string().optional(),
  folder: z.string().optional().describe('Folder below content/ where pages of this kind live'),
  layout: z.string().optional(),
  fields: z.record(z.string(), fieldSchema).default({}),
});

const sendingSchema = z.strictObject({
  days: z.array(day).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  hours: hours.default('00:00-24:00'),
});

/** A folder below the client's own: `.` is that folder itself. */
const folderInside = z
  .string()
  .min(1)
  .refine(staysInside, "write a folder inside the client's own, such as public; no / first, and no ..");

/** A site that another generator makes. */
const generatorSchema = z
  .strictObject({
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe('The program and its words, one by one; no shell reads them'),
    output: folderInside.describe('Where the program puts the finished site'),
    content: folderInside.describe('Where the Markdown pages are'),
    timeout: z.int().min(1).max(86_400).default(300).describe('Seconds that it may take'),
  })
  .refine(
    ({ output, content }) => !isWithin(normal(content), normal(output)),
    'output must be a folder of its own: the pages are in it',
  );

/** A site of finished files. */
const finishedSchema = z.strictObject({
  copy: folderInside
    .refine((folder) => normal(folder).length > 0, 'give the finished files a folder of their own')
    .describe('Folder of finished files, published as they are'),
});

/** A key of the client's for its mail; the public half stands in DNS under `<selector>._domainkey.<domain>`. */
const dkimSchema = z.strictObject({
  selector: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'write the selector as DNS has it, such as sec1'),
  key: z.string().min(1).describe('File with the private key, outside the workspace: /etc/… or ~/…'),
  domain: z
    .string()
    .regex(/^[a-z0-9.-]+\.[a-z]+$/i, 'write a domain, such as kaldi.example')
    .optional()
    .describe('The domain that signs, where it is not the one of sender.email'),
});

const rate = z.int('write a whole number').min(1, 'write 1 or more');

const paceSchema = z.strictObject({
  perSecond: rate.optional(),
  perHour: rate.optional(),
  perDomain: z
    .record(z.string(), rate)
    .optional()
    .describe('Most per hour to one domain, such as gmail.com; "*" for each domain that is not named'),
  warmup: z
    .strictObject({
      from: z.iso.date('write the first day as 2026-12-01'),
      days: z.array(rate).min(1).describe('Most on the first day, the second, …'),
    })
    .optional()
    .describe('A new sender begins small'),
});

const percent = z.number().min(0).max(100);
const pauseAtSchema = z.strictObject({
  bounces: percent.default(10).describe('Of a hundred mails, how many may be refused or come back'),
  complaints: percent.default(0.3).describe('Of a hundred mails, how many may be reported as unwanted'),
});

/** What needs the client's approval, and how sure it must be. */
const approvalSchema = z.strictObject({
  site: z
    .enum(['none', 'prices', 'required'], 'write none, prices or required')
    .default('none')
    .describe('Which changes of the website need an approval: none, those that change a price, all'),
  campaign: required.default('none'),
  tier: z
    .enum(['T1', 'T2', 'T3'], 'write T1 (link), T2 (link and PIN) or T3 (passkey)')
    .default('T1')
    .describe('How sure an approval must be'),
  secondAbove: z
    .int()
    .min(0)
    .optional()
    .describe('The largest audience that one approver may release; above it two must agree'),
  validDays: z.int().min(1).max(90).default(14).describe('Days that an approval holds'),
});

/** The client's office rules. */
const policySchema = z
  .strictObject({
    approval: approvalSchema.prefault({}),
    sending: sendingSchema.prefault({}),
    publishing: sendingSchema.prefault({}),
    tracking: z
      .strictObject({
        opens: z.boolean('write true or false').default(false),
        clicks: z.boolean('write true or false').default(false),
      })
      .prefault({})
      .describe('What a mail provider may record of its readers; nothing unless it is turned on here'),
    identity: z
      .strictObject({
        from: emailText.optional().describe('The address that every promotion must come from'),
        footer: z.string().min(1).optional().describe('Words that every promotion must show'),
      })
      .default({}),
    operator: z
      .strictObject({
        rollback: z.boolean().default(false).describe('May go back to an approved release without asking'),
        phone: z.boolean().default(false).describe('May record an approval that was given by phone (T0)'),
      })
      .prefault({}),
  })
  .refine(({ approval, operator }) => !operator.phone || approval.tier === 'T1', {
    path: ['operator', 'phone'],
    error: 'a yes by phone is less sure than the tier under approval asks for: take one of them out',
  });

const months = z.int('write a whole number of months').min(1, 'write 1 or more').max(600).optional();

/** After how many months personal data goes. What is not named is kept. */
const retentionSchema = z.strictObject({
  lists: months.describe('People of a list whom no import named and no mail was sent to'),
  campaigns: months.describe('Addresses and fields of those who were written to, once a campaign is over'),
  events: months.describe('Bounces, complaints and what else was told of mails'),
  rejects: months.describe('Rows of list files that could not be used'),
});

/** `sites/<client>/site.yaml`: one client. */
export const siteSchema = z.strictObject({
  name: z.string().min(1, 'the business needs a name'),
  url: z.url({ protocol: /^https?$/, error: 'write the whole address, such as https://example.com' }),
  locales: z
    .array(localeCode)
    .min(1)
    .default(['en'])
    .describe('Languages of the site; the first one is the main one'),
  timezone: timezone.optional(),
  theme: z.string().default('default'),
  facts: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Address, phone and whatever the layouts show'),
  build: z
    .union([z.literal('builtin'), generatorSchema, finishedSchema])
    .default('builtin')
    .describe('Who makes the site: sec itself, another generator, or nobody because it is finished'),
  host: z.string().optional().describe('Where the site lives, such as file:public/kaldi'),
  hosts: z.record(z.string(), z.string()).default({}).describe('Further hosts by name, for --host'),
  plainFtp: z
    .strictObject({
      agreed: z.iso.date('write the day as 2026-01-31').describe('The day on which the client agreed'),
      by: z.string().min(1).describe('Who at the client agreed'),
    })
    .optional()
    .describe('The client agreed to FTP without encryption, on a host that offers none'),
  markdown: z
    .strictObject({ html: z.enum(['sanitise', 'allow', 'escape']).default('sanitise') })
    .default({ html: 'sanitise' }),
  menu: z
    .array(
      z.strictObject({
        page: z.string(),
        label: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
      }),
    )
    .optional()
    .describe('The pages in the menu, in order; without it, pages that name a menu in their front matter'),
  kinds: z.record(z.string(), kindSchema).default({}).describe('Kinds of page and their fields'),
  sender: z
    .strictObject({
      name: z.string().min(1),
      email: emailText,
      replyTo: emailText.optional(),
      address: z.string().min(1).describe('Postal address; every promotion must show it'),
      transport: z.string().optional(),
      unsubscribe: z
        .url({ protocol: /^https$/, error: 'write the whole address, beginning with https://' })
        .optional()
        .describe('Where sec events serve is reached: links in mails then take people off the list at once'),
      sendgridWebhookKey: z
        .string()
        .optional()
        .describe('The verification key of SendGrid’s Event Webhook, as its settings page shows it'),
      pace: paceSchema.optional().describe('How fast mail may go out; as fast as it can unless said'),
      pauseAt: pauseAtSchema.prefault({}).describe('When a send pauses by itself, in per cent'),
      recallMinutes: z
        .int()
        .min(11)
        .max(4320)
        .optional()
        .describe(
          'How long SendGrid holds mail back, so that sec promo cancel can stop it until 10 minutes before',
        ),
      dkim: dkimSchema.optional().describe('The key that signs what goes out over SMTP (RFC 6376)'),
    })
    .optional(),
  approvers: z
    .array(
      z.strictObject({
        name: z.string(),
        email: emailText,
        approves: z
          .array(z.enum(['site', 'campaign', 'policy'], 'write site, campaign or policy'))
          .default(['site', 'campaign', 'policy'])
          .describe('What this person may approve'),
      }),
    )
    .default([]),
  policy: policySchema.prefault({}),
  retention: retentionSchema
    .default({})
    .describe('How many months personal data is kept; sec privacy purge removes what is older'),
  preview: z
    .url({ protocol: /^https?$/, error: 'write the whole address, such as https://example.com/preview' })
    .optional()
    .describe(
      'Address of the host named preview (under hosts:), where approvers look at what is not live yet',
    ),
  update: z.enum(['daily', 'weekly', 'monthly', 'quarterly', 'never']).default('monthly'),
});

export type WorkspaceConfig = z.output<typeof workspaceSchema>;
export type SiteConfig = z.output<typeof siteSchema>;
export type GeneratorConfig = z.output<typeof generatorSchema>;
export type FinishedConfig = z.output<typeof finishedSchema>;
export type FieldRule = z.output<typeof fieldSchema>;
export type Policy = z.output<typeof policySchema>;

function staysInside(folder: string): boolean {
  return !/^\/|^[a-z]:|[\\\p{Cc}]/iu.test(folder) && !folder.split('/').includes('..');
}

const normal = (folder: string) => folder.split('/').filter((part) => part !== '' && part !== '.');
const isWithin = (inner: readonly string[], outer: readonly string[]) =>
  outer.every((part, n) => inner[n] === part);

function isTimezone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
