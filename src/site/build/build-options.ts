import type { BuildStore, FinishedBuild } from '../build-store.ts';
import type { SiteInput } from '../collect/collect.ts';
import type { PictureMaker } from '../pictures/picture-maker.ts';
import type { Crew } from './crew.ts';

/** What a build is made of, and with. */
export interface BuildOptions extends SiteInput {
  readonly store: BuildStore;
  /** Whether it becomes the current build. */
  readonly isKept: boolean;
  /** Names the version of all that makes the bytes; what another one made is not reused. */
  readonly maker: string;
  /** Milliseconds of a steady clock, for the figure in the result. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal | undefined;
  /** What is to be said first among the warnings. */
  readonly notices: readonly string[];
  readonly pictures: PictureMaker;
  /** Keeps what is known of the sources, so that they need not be read again. */
  readonly keepSources: () => void;
  /** Further cores, where the machine has them. */
  readonly crew?: Crew | undefined;
}

/** A build before it is the current one. */
export interface Built extends Omit<FinishedBuild, 'outline'> {
  /** Pages that came out as they were without being rendered. */
  readonly reused: number;
}
