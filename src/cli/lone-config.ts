import { Config } from '@oclif/core/config';

/** What oclif tells a command of the program around it, where the command runs by itself: sec has no hooks that such a one meets. */
export class LoneConfig extends Config {
  override bin = 'sec';

  override async runHook(): Promise<{ successes: []; failures: [] }> {
    return { successes: [], failures: [] };
  }
}
