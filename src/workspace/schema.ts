import { z } from 'zod';
import { finishedSchema, generatorSchema } from './schema/build.ts';
import { type fieldSchema, kindSchema } from './schema/kinds.ts';
import { dkimSchema, paceSchema, pauseAtSchema } from './schema/mail.ts';
import { policySchema, retentionSchema } from './schema/policy.ts';
import { isPrivateAddress } from './schema/rules.ts';
import { emailText, localeCode, timezone } from './schema/words.ts';

/** `sec.yaml`: the office. */
export const workspaceSchema = z.strictObject({
  operator: z.strictObject({ name: z.string().min(1), email: emailText }).describe('Who works here'),
  locale: localeCode.default('en').describe('The language that sec speaks where a client has none'),
  timezone: timezone.default('Europe/Riga').describe('IANA time zone, such as Europe/Riga'),
  desk: z
    .url({ protocol: /^https?$/, error: 'write the whole address, such as https://desk.example.com' })
    .refine(isPrivateAddress, 'the desk must be reached by https; only on localhost it works without')
    .optional()
    .describe('Where clients reach the approval desk (sec approval serve)'),
  ledger: z.string().optional().describe('Where sends are recorded; a file in .sec/ unless said otherwise'),
});

/** `sites/<client>/site.yaml`: one client. */
export const siteSchema = z.strictObject({
  name: z.string().min(1, 'the business needs a name'),
  url: z.url({ protocol: /^https?$/, error: 'write the whole address, such as https://example.com' }),
  locales: z
    .array(localeCode)
    .min(1)
    .default(['en'])
    .describe('Languages of the site, the main one first; the locale of sec.yaml where none is named'),
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
