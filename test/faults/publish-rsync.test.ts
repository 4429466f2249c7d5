import { describe } from 'vitest';
import { isLeftOutWithout } from '../support/programs.ts';
import { faultyRsync } from './publishing/on-ssh.ts';
import { publishingFaults } from './publishing/suite.ts';

const isLeftOut = isLeftOutWithout('openssh-server', 'sshd') || isLeftOutWithout('rsync', 'rsync');

describe.skipIf(isLeftOut)('faults while publishing', () => {
  publishingFaults('rsync', faultyRsync);
});
