import { z } from 'zod';

/** A field of a client's own, declared for a kind of page. */
export const fieldSchema = z.strictObject({
  type: z.enum(['text', 'long-text', 'number', 'boolean', 'date', 'choice', 'image', 'url', 'email', 'list']),
  label: z.string().optional().describe('What the field is called in plain words'),
  required: z.boolean().default(false),
  min: z.number().optional().describe('Smallest number, or fewest characters'),
  max: z.number().optional().describe('Largest number, or most characters'),
  choices: z.array(z.string()).optional().describe('For type choice: what may be chosen'),
});

export const kindSchema = z.strictObject({
  label: z.string().optional(),
  folder: z.string().optional().describe('Folder below content/ where pages of this kind live'),
  layout: z.string().optional(),
  fields: z.record(z.string(), fieldSchema).default({}),
});
