import { z } from 'zod';
import { canonicalJson } from '../core/digest.ts';
import { fail } from '../core/errors/index.ts';
import type { Interruption } from './host.ts';
import { checkFiles, fileEntry, manifestText, parseManifest } from './manifest.ts';

const journalSchema = z.strictObject({
  v: z.literal(1),
  next: z.string(),
  removals: z.record(z.string(), fileEntry),
});

/** The journal of a run that replaces files one by one, as it lies on a host until the run has ended. */
export function journalText({ next, removals }: Interruption): string {
  return `${canonicalJson({ v: 1, next: manifestText(next), removals })}\n`;
}

/** @throws HOST_STATE_UNREADABLE */
export function parseJournal(text: string, target: string): Interruption {
  const broken = (problem: string, cause?: unknown) =>
    fail('HOST_STATE_UNREADABLE', { target, problem: `the journal of a stopped run ${problem}` }, cause);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken('is not whole', error);
  }
  const read = journalSchema.safeParse(value);
  if (!read.success) throw broken('is not of a kind that this version of sec knows', read.error);
  checkFiles(read.data.removals, broken);
  return { next: parseManifest(read.data.next, target), removals: read.data.removals };
}
