import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEvents } from '../../../src/adapters/events/sqlite-log.ts';
import { eventLogContract } from '../../contracts/event-log.ts';

eventLogContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sec-events-'));
  return {
    open: async () => openEvents(dir, 'kaldi'),
    destroy: async () => rmSync(dir, { recursive: true }),
  };
});
