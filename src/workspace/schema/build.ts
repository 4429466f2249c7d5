import { z } from 'zod';
import { isBelow, keepsPagesApart, staysInside } from './rules.ts';

/** A folder below the client's own: `.` is that folder itself. */
const folderInside = z
  .string()
  .min(1)
  .refine(staysInside, "write a folder inside the client's own, such as public; no / first, and no ..");

/** A site that another generator makes. */
export const generatorSchema = z
  .strictObject({
    command: z
      .array(z.string().min(1))
      .min(1)
      .describe('The program and its words, one by one; no shell reads them'),
    output: folderInside.describe('Where the program puts the finished site'),
    content: folderInside.describe('Where the Markdown pages are'),
    timeout: z.int().min(1).max(86_400).default(300).describe('Seconds that it may take'),
  })
  .refine(keepsPagesApart, 'output must be a folder of its own: the pages are in it');

/** A site of finished files. */
export const finishedSchema = z.strictObject({
  copy: folderInside
    .refine(isBelow, 'give the finished files a folder of their own')
    .describe('Folder of finished files, published as they are'),
});
