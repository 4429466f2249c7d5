import { fail } from '../../core/errors/index.ts';
import type { Ledger } from '../../delivery/ledger.ts';

export interface LedgerOptions {
  readonly client: string;
  /** The client's own state folder. */
  readonly dir: string;
  /** Where the witness of the file in `dir` is kept, best where the same mishap does not reach it. */
  readonly witness?: string | undefined;
  /** `ledger` of sec.yaml, or SEC_LEDGER_URL; absent for the file in the client's state folder. */
  readonly url?: string | undefined;
}

/** Opens the ledger of one client. @throws LEDGER_UNKNOWN, LEDGER_DAMAGED, LEDGER_UNREACHABLE, IO_FAILED */
export async function openLedger({ client, dir, witness, url }: LedgerOptions): Promise<Ledger> {
  if (url === undefined || url === '' || url === 'sqlite' || url === 'sqlite:') {
    const [{ sqliteLedger }, { guarded }] = await Promise.all([
      import('./sqlite.ts'),
      import('./sqlite/database.ts'),
    ]);
    return guarded(() => sqliteLedger({ client, dir, witness }));
  }
  if (/^postgres(ql)?:/i.test(url)) {
    const { postgresLedger } = await import('./postgres.ts');
    return postgresLedger({ client, dir, witness, url });
  }
  throw fail('LEDGER_UNKNOWN', {
    problem: `this sec keeps it in a file below .sec/ ("sqlite") or at postgres://…, and knows no "${url.split(':')[0]}:"`,
  });
}
