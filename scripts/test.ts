/**
 * `npm test`: everything, after providing what the machine lacks. Arguments go to vitest as file filters.
 * Ends with the line `N passed, N failed, N skipped`.
 */
import { startVitest } from 'vitest/node';
import './build.ts';
import { type Counts, countReporter } from './test/count-reporter.ts';
import { provideSystemPrograms } from './test/system-packages.ts';

process.env.SEC_TEST_BIN = 'bin/run.js';
const missing = provideSystemPrograms((line) => console.log(line));
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const reporters = [process.env.CI ? 'dot' : 'default', countReporter(counts)];
const vitest = await startVitest(process.argv.slice(2), { watch: false, reporters });
await vitest.close();

const strict = process.env.CI === 'true' && missing.length > 0;
if (strict) console.error(`Under CI=true nothing may be missing: ${missing.join(', ')}`);
if (counts.failed > 0 || counts.passed === 0 || strict) process.exitCode = 1;
console.log(
  `${counts.passed} passed, ${counts.failed + (strict ? missing.length : 0)} failed, ${counts.skipped} skipped`,
);
