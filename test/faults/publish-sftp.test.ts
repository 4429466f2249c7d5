import { describe } from 'vitest';
import { isLeftOutWithout } from '../support/programs.ts';
import { faultySftp } from './publishing/on-ssh.ts';
import { publishingFaults } from './publishing/suite.ts';

describe.skipIf(isLeftOutWithout('openssh-server', 'sshd', 'sftp-server'))('faults while publishing', () => {
  publishingFaults('sftp', (dir) => faultySftp(dir, false));
  publishingFaults('sftp without extensions', (dir) => faultySftp(dir, true));
});
