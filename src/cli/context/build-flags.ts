import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { BuildResult } from '../../site/build.ts';
import type { AddedPicture } from '../../site/edit/pending-sources.ts';
import type { TextSource } from '../../site/source/sources.ts';
import type { Client } from '../../workspace/index.ts';

/** How a site is built, beyond what it is. */
export interface BuildFlags {
  /** Shows the site as of another moment. */
  readonly clock?: Clock | undefined;
  readonly drafts?: boolean | undefined;
  readonly future?: boolean | undefined;
  /** Also writes the site as a plain folder, absolute. */
  readonly out?: string | undefined;
  /** Texts below content/ that stand in for the files of their path: how the site would be with them. */
  readonly instead?: readonly TextSource[] | undefined;
  /** How long a file must have rested, in milliseconds, to be taken for what it was when it was last read. */
  readonly settledMs?: number | undefined;
  /** Whether this becomes the client's current build; true unless said otherwise. */
  readonly keep?: boolean | undefined;
  /** A build of what the sources are now, made while it was not yet written: a generator need not run twice. */
  readonly prepared?: BuildResult | undefined;
  /** Where the build is kept in place of the client's own builds, absolute. */
  readonly folder?: string | undefined;
  /** Paths below content/ that are left out, as if their files were gone. */
  readonly without?: readonly string[] | undefined;
  /** Names what makes the bytes, where it is known already. */
  readonly maker?: string | undefined;
  /** Pictures that are to be added, where they would be. */
  readonly added?: readonly AddedPicture[] | undefined;
}

/** Where the builds of a client are kept. */
export const buildDir = (client: Client) => join(client.stateDir, 'build');
