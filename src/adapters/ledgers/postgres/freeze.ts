import type { FreezeRequest } from '../../../delivery/ledger.ts';
import type { Connection } from './connect.ts';

const BATCH = 1000;

/** Records every candidate; the caller's transaction makes it all of them or nobody. */
export async function freeze(
  connection: Connection,
  campaign: number,
  request: FreezeRequest,
): Promise<void> {
  const now = request.now.epochMilliseconds;
  let candidates = 0;
  let people: (string | null)[][] = [];
  let left: { line: number | null; reason: string }[] = [];

  const flush = async () => {
    const column = (n: number) => people.map((row) => row[n] ?? null);
    const inserted = await connection.query(
      `INSERT INTO delivery (campaign, key, recipient, address, fields, language, state, changed)
       SELECT $1, v.key, v.recipient, v.address, v.fields, v.language, 'planned', $2
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY
         AS v (key, recipient, address, fields, language, place) ORDER BY v.place
       ON CONFLICT (campaign, key) DO NOTHING`,
      [campaign, now, ...[0, 1, 2, 3, 4].map(column)],
    );
    for (let n = inserted.rowCount ?? 0; n < people.length; n++)
      left.push({ line: null, reason: 'duplicate' });
    await connection.query(
      `INSERT INTO delivery (campaign, line, state, reason, changed)
       SELECT $1, v.line, 'excluded', v.reason, $2 FROM unnest($3::integer[], $4::text[]) AS v (line, reason)`,
      [campaign, now, left.map(({ line }) => line), left.map(({ reason }) => reason)],
    );
    people = [];
    left = [];
  };

  for await (const candidate of request.candidates) {
    candidates++;
    if (candidate.kind === 'excluded') left.push({ line: candidate.line ?? null, reason: candidate.reason });
    else {
      const { key, id, address, fields } = candidate.recipient;
      people.push([key, id, address, JSON.stringify(fields), request.languageOf(candidate.recipient)]);
    }
    if (people.length + left.length >= BATCH) await flush();
  }
  await flush();
  request.confirm();
  await connection.query(
    'UPDATE campaign SET frozen = $1, list = $2, basis = $3, messages = $4, candidates = $5, scheduled = $6 WHERE id = $7',
    [
      now,
      request.list,
      request.basis,
      JSON.stringify(request.messages),
      candidates,
      request.scheduledFor?.epochMilliseconds ?? null,
      campaign,
    ],
  );
  // Before it knows how many there are, the server sorts all of them for each claim. No personal column is sampled.
  await connection.query('ANALYZE delivery (campaign, state, due)');
}
