import { expect } from 'vitest';
import { approvingOffice, type Office } from './approval.ts';
import { type Desk, type Link, openDesk, Visitor } from './approval-desk.ts';
import { filesIn } from './kaldi.ts';

/** An office whose site waits for an answer, its desk, and who was asked. */
export interface Scene {
  readonly office: Office;
  readonly desk: Desk;
  readonly link: Link;
  readonly visitor: Visitor;
}

/** Asks about the site, with this policy. */
export async function scene(policy?: string): Promise<Scene> {
  const office = approvingOffice(policy === undefined ? {} : { policy });
  const desk = await openDesk(office);
  const link = await desk.ask('site');
  const visitor = new Visitor(desk, link);
  return { office, desk, link, visitor };
}

/** Names of the statements that exist. */
export const statements = ({ cwd }: Office) =>
  Object.keys(filesIn(cwd, 'sites/kaldi/approvals')).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));

/** Names of the answers that were kept. */
export const outcomes = ({ cwd }: Office) =>
  Object.keys(filesIn(cwd, '.sec/clients/kaldi/approvals')).filter((name) => name.endsWith('outcome.json'));

/** Nothing was signed and nothing was answered. */
export const isUndecided = (office: Office) => {
  expect(statements(office)).toEqual([]);
  expect(outcomes(office)).toEqual([]);
};
