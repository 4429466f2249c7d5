import { connect } from './connect.ts';
import { takeLease } from './lease.ts';
import { schemaOf } from './schema.ts';

/**
 * Holds a client, so that no two workers send for it at once. No campaign's name is empty: this hold is none of theirs.
 *
 * @returns lets go of it
 * @throws CAMPAIGN_BUSY while another one holds it; LEDGER_UNREACHABLE, LEDGER_UNKNOWN
 */
export async function holdClient(url: string, client: string): Promise<() => Promise<void>> {
  const connection = await connect(url, schemaOf(client));
  const letGo = () => connection.end().catch(() => {});
  try {
    await takeLease(connection, { client, campaign: '' });
    return letGo;
  } catch (error) {
    await letGo();
    throw error;
  }
}
