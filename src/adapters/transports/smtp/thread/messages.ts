import type { Form } from '../../../../delivery/mime/form.ts';
import type { Carried, Obstacle } from '../carrier.ts';
import type { Letter } from '../letter.ts';
import type { SmtpOptions } from '../options.ts';

/** What the thread begins with. */
export interface CarrierStart {
  readonly options: SmtpOptions;
  readonly compileCache: string | undefined;
}

/** A letter without its form, which the thread has been given under a number. */
export interface Entries extends Omit<Letter, 'form'> {
  readonly form: number;
}

/** What is said to the thread. `until` is how long letters may go out without another question, by `sharedNow`. */
export type Order =
  | { readonly kind: 'check'; readonly id: number }
  | { readonly kind: 'form'; readonly number: number; readonly form: Form }
  | {
      readonly kind: 'carry';
      readonly id: number;
      readonly letters: readonly Entries[];
      readonly until: number;
    }
  | { readonly kind: 'permit'; readonly id: number; readonly until: number }
  | { readonly kind: 'close' };

/** What the thread says. */
export type Word =
  | { readonly kind: 'checked'; readonly id: number; readonly obstacle: Obstacle | undefined }
  | { readonly kind: 'carried'; readonly id: number; readonly carried: Carried }
  /** The permit for these letters ran out. */
  | { readonly kind: 'mayGo'; readonly id: number };

/** What `until` is where letters may not go out. */
export const NO_PERMIT = 0;

/** Milliseconds on a clock that is the same in all threads of a process, and never goes back. */
export function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1_000_000;
}
