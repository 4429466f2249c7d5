/**
 * `npm run test:faults`: the fault suites at full width: a hundred points of each kind, or as many as
 * SEC_FAULT_POINTS says; five times as many kills of a sender over SMTP and through SendGrid, and twice as many faults of
 * the network. Each prints how many there were and what came of them. Arguments go to vitest as file filters.
 */
import { startVitest } from 'vitest/node';

process.env.SEC_FAULT_POINTS ??= '100';
const wanted = process.argv.slice(2);
const filters = wanted.length > 0 ? wanted : ['test/faults'];
const vitest = await startVitest(filters, { watch: false, reporters: ['verbose'] });
await vitest.close();
