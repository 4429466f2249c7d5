import type { Proxy } from '../../support/proxy.ts';
import type { Files } from '../../support/publication.ts';
import type { HostOrder } from './order.ts';

/** A real server with one client's site, reached through a proxy that breaks connections. */
export interface FaultyHost {
  readonly proxy: Proxy;
  /** How any process opens the site through the proxy. */
  readonly order: HostOrder;
  /** Whether the way there is encrypted, so that a byte that arrives as another is noticed. */
  readonly isEncrypted: boolean;
  /** Whether a release goes live in one step there. */
  readonly isAtomic: boolean;
  /** How many files may be missing at one moment, where the server replaces nothing in one step. */
  readonly gap?: number;
  /** What visitors get, asked for behind the proxy's back. */
  live(): Promise<Files>;
  /** Somebody else adds files. */
  add(files: Files): Promise<void>;
  /** Names of what a publication that came to its end should not leave behind. */
  leftovers?(): Promise<readonly string[]>;
  /** Ways in which the server refuses with an error of its own, by name: each begins when it is called. */
  readonly refusals: Readonly<Record<string, () => void>>;
  /** The server works as usual again. */
  relent(): void;
  stop(): Promise<void>;
}
