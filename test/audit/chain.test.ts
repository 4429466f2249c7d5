import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, nextEntry, verifyChain } from '../../src/audit/index.ts';

const at = Temporal.Instant.from('2026-03-02T10:00:00Z');
function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let n = 0; n < length; n++)
    entries.push(
      nextEntry(
        entries.at(-1),
        { client: 'kaldi', action: 'site.publish', by: 'Operator', facts: { uploaded: n, parent: null } },
        at,
      ),
    );
  return entries;
}

describe('the audit chain', () => {
  it('holds together as it was written, also after JSON', () => {
    const entries = JSON.parse(JSON.stringify(chain(4)));
    expect(verifyChain(entries)).toEqual({ head: entries[3].hash, entries: 4 });
    expect(verifyChain([])).toMatchObject({ entries: 0 });
  });

  it('shows any changed character', () => {
    const text = JSON.stringify(chain(5));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '7', 'a', 'x'), (where, letter) => {
        if (text[where] === letter) return;
        const changed = text.slice(0, where) + letter + text.slice(where + 1);
        let entries: AuditEntry[];
        try {
          entries = JSON.parse(changed);
        } catch {
          return;
        }
        expect(() => verifyChain(entries)).toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('shows an entry that was taken out, put elsewhere or doubled', () => {
    const [a, b, c] = chain(3) as [AuditEntry, AuditEntry, AuditEntry];
    for (const entries of [
      [a, c],
      [b, c],
      [a, c, b],
      [a, b, b, c],
    ])
      expect(() => verifyChain(entries)).toThrow(/does not hold together/);
  });

  it('shows an end that was cut off, to whoever has a head', () => {
    const entries = chain(5);
    const witnessed = entries[3]?.hash;
    expect(verifyChain(entries, witnessed)).toMatchObject({ entries: 5 });
    expect(verifyChain(entries.slice(0, 3))).toMatchObject({ entries: 3 });
    expect(() => verifyChain(entries.slice(0, 3), witnessed)).toThrow(/cut off/);
  });
});
