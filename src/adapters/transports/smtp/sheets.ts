/** Memory grows in steps of this, so that letters of nearly one size share a sheet. */
const STEP = 16_384;

/**
 * The memory that the letters of one connection are written on, one after the other. A sheet that is out belongs to
 * the letter on it alone: it comes back once the system has taken all of that letter, and only then is it used again.
 */
export class Sheets {
  #spare: Buffer | undefined;

  /** A sheet with room for so many bytes, with anything on it. */
  take(size: number): Buffer {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare && spare.length >= size ? spare : Buffer.allocUnsafeSlow(Math.ceil(size / STEP) * STEP);
  }

  /** Takes a sheet back that nobody reads from any longer. */
  give(sheet: Buffer): void {
    this.#spare = sheet;
  }
}
