import { z } from 'zod';
import { allowsPhone, isForward } from './rules.ts';
import { emailText } from './words.ts';

const day = z.enum(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  'write a day as mon, tue, wed, thu, fri, sat or sun',
);
const hours = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'write hours as "09:00-18:00"')
  .refine(isForward, 'the first time must be before the second, as in "09:00-18:00"');
const required = z.enum(['none', 'required'], 'write none or required');

const sendingSchema = z.strictObject({
  days: z.array(day).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  hours: hours.default('00:00-24:00'),
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
export const policySchema = z
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
  .refine(allowsPhone, {
    path: ['operator', 'phone'],
    error: 'a yes by phone is less sure than the tier under approval asks for: take one of them out',
  });

const months = z.int('write a whole number of months').min(1, 'write 1 or more').max(600).optional();

/** After how many months personal data goes. What is not named is kept, but for rejected rows. */
export const retentionSchema = z.strictObject({
  lists: months.describe('People of a list whom no import named and no mail was sent to'),
  campaigns: months.describe('Addresses and fields of those who were written to, once a campaign is over'),
  events: months.describe('Bounces, complaints and what else was told of mails'),
  rejects: months.describe('Rows of list files that could not be used; 1 unless said'),
});
