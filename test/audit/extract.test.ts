import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  type AuditExtract,
  extractFor,
  nextEntry,
  verifyExtract,
} from '../../src/audit/index.ts';

const at = Temporal.Instant.from('2026-03-02T10:00:00Z');
const clients = ['kaldi', 'liepa', 'liepa', 'kaldi', 'maize', 'kaldi', 'liepa'];
const log = clients.reduce<AuditEntry[]>((entries, client, n) => {
  const facts = {
    client,
    action: 'site.publish',
    by: 'Office',
    facts: { uploaded: n, canary: `${client}-${n}` },
  };
  return [...entries, nextEntry(entries.at(-1), facts, at)];
}, []);

const copy = (): AuditExtract => JSON.parse(JSON.stringify(extractFor('kaldi', log)));

describe('a client’s part of the audit log', () => {
  it('holds its own entries and nothing of the others', () => {
    const extract = copy();
    expect(verifyExtract(extract)).toEqual({ own: 3, head: log.at(-1)?.hash });
    const text = JSON.stringify(extract);
    expect(text).toContain('kaldi-5');
    expect(text).not.toMatch(/liepa|maize/);
  });

  it('shows any change of an own entry, at every character of it', () => {
    const text = JSON.stringify(copy());
    const own = text.indexOf('{"v":1,"seq":4');
    const end = text.indexOf('}', text.indexOf('canary', own)) + 1;
    for (let where = own; where < end; where++) {
      const changed = text.slice(0, where) + (text[where] === '7' ? '8' : '7') + text.slice(where + 1);
      let extract: AuditExtract;
      try {
        extract = JSON.parse(changed);
      } catch {
        continue;
      }
      expect(() => verifyExtract(extract), changed.slice(own, end)).toThrow(/does not hold together/);
    }
  });

  it('shows an entry that was left out, hidden, or cut off below a witnessed head', () => {
    const { entries, ...rest } = copy();
    const without = entries.filter(({ seq }) => seq !== 4);
    expect(() => verifyExtract({ ...rest, entries: without })).toThrow(/missing/);
    const witness = log[5]?.hash;
    expect(verifyExtract({ ...rest, entries }, witness)).toMatchObject({ own: 3 });
    const cut = entries.slice(0, 5);
    expect(() => verifyExtract({ ...rest, head: cut.at(-1)?.hash ?? '', entries: cut }, witness)).toThrow(
      /cut off/,
    );
    expect(() => verifyExtract({ ...rest, entries: cut })).toThrow(/not the head/);
    const foreign = entries.map((entry) => ('facts' in entry ? { ...entry, client: 'liepa' } : entry));
    expect(() => verifyExtract({ ...rest, entries: foreign })).toThrow(/another client/);
  });

  it('is not made of a log that was changed', () => {
    const changed = log.map((entry) => (entry.seq === 2 ? { ...entry, by: 'Mallory' } : entry));
    expect(() => extractFor('kaldi', changed)).toThrow(/does not hold together/);
  });
});
