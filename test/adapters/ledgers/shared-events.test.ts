import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openEvents } from '../../../src/adapters/events/sqlite-log.ts';
import { openSharedEvents } from '../../../src/adapters/ledgers/postgres/shared-events.ts';
import { openSharedSuppression } from '../../../src/adapters/ledgers/postgres/shared-suppression.ts';
import { passingKey } from '../../../src/adapters/lists/list-key-file.ts';
import type { ClientKey } from '../../../src/audience/recipient-id.ts';
import type { MailEvent } from '../../../src/delivery/events/event.ts';
import { tellEvents } from '../../../src/delivery/events/event-log.ts';
import { eventLogContract } from '../../contracts/event-log.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { findProgram, isLeftOutWithout } from '../../support/programs.ts';

const at = Temporal.Instant.from('2026-03-02T10:00:00Z');
const bounce = (n: number): MailEvent => ({
  id: `bounce-${n}`,
  kind: 'bounced',
  at,
  campaign: 'spring',
  recipient: `person-${n}`,
  reason: 'no such user Anna Ozola',
  isGone: true,
});

describe.skipIf(isLeftOutWithout('postgresql', 'initdb', 'postgres', 'psql', 'pg_dump'))('PostgreSQL', () => {
  let server: Postgres;
  let databases = 0;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  const database = () => server.database(`events${databases++}`);
  const open = (url: string, key: ClientKey | undefined) =>
    openSharedEvents({ url, client: 'kaldi', key: async () => key, whose: 'Kaldi', folder: '.sec' });

  eventLogContract('PostgreSQL', async () => {
    const [url, key] = [database(), passingKey()];
    return { open: () => open(url, key), destroy: async () => {} };
  });

  it('holds what servers said sealed, and leaves nothing of what it forgot', async () => {
    const [url, key] = [database(), passingKey()];
    const log = await open(url, key);
    await log.add([bounce(1)]);
    const dump = () => execFileSync(findProgram('pg_dump') ?? '', [url], { encoding: 'utf8' });
    expect(dump()).toContain('person-1');
    expect(dump()).not.toMatch(/Anna|416e6e61/);
    await log.forget('person-1');
    expect(dump()).not.toContain('person-1');
    await log.close();
  });

  it('takes nothing from a machine with another key, or none, and lets it count', async () => {
    const [url, key] = [database(), passingKey()];
    const log = await open(url, key);
    await log.add([bounce(1)]);
    const whose = { whose: 'Kaldi', folder: '.sec' };
    const suppression = await openSharedSuppression({ url, scope: 'kaldi', key, ...whose });
    await suppression.exchange(undefined, []);
    await suppression.close();
    for (const other of [passingKey(), undefined]) {
      const stranger = await open(url, other);
      await expect(stranger.add([bounce(2)])).rejects.toMatchObject({ code: 'SUPPRESSION_OTHER_KEY' });
      await expect(stranger.of('person-1')).rejects.toMatchObject({ code: 'SUPPRESSION_OTHER_KEY' });
      expect(await stranger.tally('spring')).toMatchObject({ bounced: 1 });
      await stranger.close();
    }
    await log.close();
  });

  it('is told what waited on a machine, however much, and once', async () => {
    const [url, key] = [database(), passingKey()];
    const dir = mkdtempSync(join(tmpdir(), 'sec-events-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const [here, log] = [openEvents(dir, 'kaldi'), await open(url, key)];
    await here.add(Array.from({ length: 2500 }, (_, n) => bounce(n)));
    await log.add([bounce(7)]);
    await tellEvents(here, log);
    expect(await log.tally('spring')).toMatchObject({ bounced: 2500 });
    expect(await here.first(1)).toEqual([]);
    await here.close();
    await log.close();
  });
});
