import type { Clock } from '../../core/clock.ts';
import type { Secrets } from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';

/** What a host is opened with, of whichever kind. */
export interface HostOptions {
  /** Absolute path of the workspace: relative folders start there. */
  readonly workspace: string;
  readonly clock: Clock;
  /** Whose site it is, and the folder of that client's own state. */
  readonly client: Pick<Client, 'name' | 'stateDir'>;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /**
   * What `sec login` stored for this host; asked for when the host is first talked to, and never printed.
   *
   * @throws LOGIN_MISSING
   */
  readonly credentials: () => Promise<Secrets>;
  /** The client's agreement to FTP without encryption, as site.yaml has it. */
  readonly plainFtp?: { readonly agreed: string; readonly by: string } | undefined;
}
