import { describe } from 'vitest';
import { isLeftOutWithout } from '../support/programs.ts';
import { faultyGit } from './publishing/on-ssh.ts';
import { publishingFaults } from './publishing/suite.ts';

const isLeftOut = isLeftOutWithout('openssh-server', 'sshd') || isLeftOutWithout('git', 'git');

describe.skipIf(isLeftOut)('faults while publishing', () => {
  publishingFaults('git', faultyGit);
});
