import { expect } from 'vitest';
import type { Office, Ran } from './approval.ts';

export interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

/** The refusal's code, or `done`. */
export async function verdict(office: Office, ...words: string[]): Promise<string> {
  const ran = await office.run(...words, '--json');
  if (ran.code === 0) return 'done';
  expect(ran.code).toBe(77);
  return ran.json<Failure>().error.code;
}

/** What comes of publishing the site. */
export const publish = (office: Office, ...flags: string[]) =>
  verdict(office, 'site', 'publish', 'kaldi', '--yes', ...flags);

/** Asks about a subject and records the yes by its code. @returns the statement's name */
export async function approve(office: Office, ...subject: string[]): Promise<string> {
  const asked = await office.run('approval', 'request', 'kaldi', ...subject, '--yes', '--json');
  expect({ code: asked.code, said: asked.code === 0 ? '' : asked.stdout }).toEqual({ code: 0, said: '' });
  const code = await office.code('approve');
  const ran = await office.run('approval', 'record', 'kaldi', code, '--json');
  expect(ran.code).toBe(0);
  return ran.json<{ statement: string }>().statement;
}

/** Records by its code that the newest request is to be different. */
export const wantLargerPrices = async (office: Office): Promise<Ran> =>
  office.run('approval', 'record', 'kaldi', await office.code('changes'), '--comment', 'Larger prices');
