import { join } from 'node:path';
import { fail } from '../../core/errors/index.ts';
import type { Ledger } from '../../delivery/ledger.ts';
import { nobody } from '../../delivery/tally.ts';
import { membersOf } from './members.ts';
import { campaignRecord, departingOf, doubt, tallyOf } from './rows.ts';
import { slotOf } from './slots.ts';
import { breakdownOf } from './sqlite/breakdown.ts';
import { guarded, openDatabase, transaction } from './sqlite/database.ts';
import { deliveriesOf, eraseFrom, heldOf, mailedSince } from './sqlite/erase.ts';
import { lockCampaign } from './sqlite/lock.ts';
import { readerStatements } from './sqlite/statements.ts';
import { openWriter } from './sqlite/writer.ts';
import { openWitness } from './witness.ts';

export interface SqliteLedgerOptions {
  readonly client: string;
  /** The client's own state folder; the ledger is `ledger.sqlite` in it. */
  readonly dir: string;
  /** The file that tells a ledger that was put back from a copy; `ledger.witness` beside it unless said. */
  readonly witness?: string | undefined;
}

const LOCK_PATIENCE_MS = 300;

/** The ledger of one client in one file: the default, for one machine. @throws LEDGER_UNKNOWN, IO_FAILED */
export function sqliteLedger({ client, dir, witness: witnessFile }: SqliteLedgerOptions): Ledger {
  const file = join(dir, 'ledger.sqlite');
  const database = openDatabase(file);
  const witness = openWitness(witnessFile ?? join(dir, 'ledger.witness'));
  const sql = guarded(() => readerStatements(database));
  const find = (campaign: string) => guarded(() => sql.find.get(campaign));

  return {
    async sentSince(since) {
      return guarded(() => Number(sql.sent.get(slotOf(since.epochMilliseconds))?.n));
    },
    async campaign(campaign) {
      const row = find(campaign);
      return row && campaignRecord(row);
    },
    async tally(campaign) {
      const row = find(campaign);
      return row ? guarded(() => tallyOf(Number(row.candidates), sql.count.all(Number(row.id)))) : nobody;
    },
    async doubts(campaign) {
      const row = find(campaign);
      return row ? guarded(() => sql.inDoubt.all(Number(row.id)).map(doubt)) : [];
    },
    async *members(campaign) {
      const row = find(campaign);
      if (row) yield* membersOf(async (after) => guarded(() => sql.open.all(Number(row.id), after)));
    },
    async campaigns() {
      return guarded(() => sql.names.all().map(({ name }) => String(name)));
    },
    async breakdown(campaign) {
      const row = find(campaign);
      return row ? guarded(() => breakdownOf(database, Number(row.id))) : { hours: [], domains: [] };
    },
    async deliveries(recipient) {
      return guarded(() => deliveriesOf(database, recipient));
    },
    async departing(campaign, after) {
      const row = find(campaign);
      return guarded(() => departingOf(row && sql.departing.get(Number(row.id), after.epochMilliseconds)));
    },
    async held(whose) {
      return guarded(() => heldOf(database, whose));
    },
    async mailedSince(since) {
      return guarded(() => mailedSince(database, since));
    },
    async erase(whose, now, traces) {
      return guarded(() => eraseFrom(database, whose, now, traces));
    },
    async isBusy(campaign) {
      const release = lockCampaign(dir, campaign);
      release?.();
      return release === undefined;
    },
    async request(campaign, control) {
      transaction(database, () => {
        const row = sql.find.get(campaign);
        if (!row) throw fail('CAMPAIGN_NOT_SENT', { client, campaign });
        if (row.control === 'cancel' && control !== 'cancel') {
          const { planned } = tallyOf(Number(row.candidates), sql.count.all(Number(row.id)));
          throw fail('CAMPAIGN_CANCELLED', { campaign, planned });
        }
        sql.wish.run(control, Number(row.id));
      });
    },
    async write(campaign, now) {
      const release = lockCampaign(dir, campaign, LOCK_PATIENCE_MS);
      if (!release) throw fail('CAMPAIGN_BUSY', { client, campaign });
      try {
        return openWriter({ database, file, campaign, now, witness, release });
      } catch (error) {
        release();
        throw error;
      }
    },
    async close() {
      database.close();
    },
  };
}
