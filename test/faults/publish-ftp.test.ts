import { describe } from 'vitest';
import { isLeftOutWithout } from '../support/programs.ts';
import { faultyFtp } from './publishing/on-ftp.ts';
import { publishingFaults } from './publishing/suite.ts';

const isLeftOut = isLeftOutWithout('proftpd-core proftpd-mod-crypto', 'proftpd', 'openssl');

describe.skipIf(isLeftOut)('faults while publishing', () => {
  publishingFaults('ftp with TLS', faultyFtp);
});
