import { z } from 'zod';

/** A key of the client's for its mail; the public half stands in DNS under `<selector>._domainkey.<domain>`. */
export const dkimSchema = z.strictObject({
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

export const paceSchema = z.strictObject({
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
export const pauseAtSchema = z.strictObject({
  bounces: percent.default(10).describe('Of a hundred mails, how many may be refused or come back'),
  complaints: percent.default(0.3).describe('Of a hundred mails, how many may be reported as unwanted'),
});
