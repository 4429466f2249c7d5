import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { auditView } from '../../../src/cli/views/audit.ts';
import { historyView } from '../../../src/cli/views/publish-history.ts';
import { wallTime } from '../../../src/cli/views/words.ts';

const row = {
  at: '2026-11-21T20:53:39Z',
  action: 'publish',
  target: 'file:public/kaldi',
  release: 'd'.repeat(64),
  parent: null,
  by: 'Office',
  files: 6,
  uploaded: 6,
  removed: 0,
  live: true,
  kept: true,
} as const;

it('shows times on the wall clock where the client is', () => {
  expect(wallTime('2026-11-21T22:53:39Z', 'Europe/Riga')).toBe('2026-11-22 00:53');
  expect(wallTime('2027-01-01T00:00:00+02:00', 'Europe/Riga')).toBe('2027-01-01 00:00');
  expect(wallTime('just now', 'Europe/Riga')).toBe('just now');
});

it('shows them so in the history and in the audit log, and the host only where there are several', () => {
  const one = stripVTControlCharacters(historyView([row], 'kaldi', 'Europe/Riga'));
  expect(one).toContain('2026-11-21 22:53');
  expect(one).not.toContain('file:');
  const other = { ...row, target: 'file:public/next' };
  expect(historyView([row, other], 'kaldi', 'Europe/Riga')).toContain('file:public/next');
  const entry = {
    v: 1,
    seq: 1,
    at: row.at,
    client: 'kaldi',
    action: 'site.publish',
    by: 'Office',
    facts: {},
    prev: '',
    hash: '',
  } as const;
  expect(auditView([entry], 'Europe/Riga')).toContain('2026-11-21 22:53');
});
