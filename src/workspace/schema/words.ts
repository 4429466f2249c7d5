import { z } from 'zod';
import { isTimezone } from './rules.ts';

export const localeCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'write a language as two letters, such as lv or en');
export const emailText = z.string().regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'this is not an e-mail address');
export const timezone = z.string().refine(isTimezone, 'this is not a time zone; write it as Europe/Riga');
