import type { SiteConfig } from './schema.ts';

/** One business served: its rules and where its things are. Everything that works for it is handed this. */
export interface Client {
  /** The short name: the folder below sites/ and the word in commands. */
  readonly name: string;
  readonly config: SiteConfig;
  readonly timezone: string;
  /** Absolute path of `sites/<client>`. */
  readonly siteDir: string;
  /** Absolute path of `campaigns/<client>`; it may not exist yet. */
  readonly campaignsDir: string;
  /** Absolute path of this client's own state, `.sec/clients/<client>`. No other client's data is ever
   * in it; whoever writes there first makes it, mode 0700. */
  readonly stateDir: string;
}
