import type { Attachment } from './message.ts';

/** A picture that goes with the mail and is shown by `cid:`. */
export interface Picture extends Attachment {
  readonly cid: string;
  /** Pixels. */
  readonly width: number;
}

/** By the address that the brief writes: `images/cake.jpg`. */
export type Pictures = ReadonlyMap<string, Picture>;

/** Whether a picture lies in the campaign's folder; the others stay on the web, where they are. */
export const isLocal = (src: string) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(src);
