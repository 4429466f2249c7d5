import { describe } from 'vitest';
import { versitygw } from '../support/versitygw.ts';
import { faultyS3 } from './publishing/on-http.ts';
import { publishingFaults } from './publishing/suite.ts';

const program = versitygw();

describe.skipIf(program === undefined)('faults while publishing', () => {
  publishingFaults('s3', () => faultyS3(program ?? ''));
});
