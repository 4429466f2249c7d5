import type { Recipient } from '../audience/audience.ts';

/** Somebody that a preview is shown for, and why this one. */
export interface Reader {
  readonly why: 'chosen' | 'sample' | 'longest' | 'shortest' | 'gaps' | 'nobody';
  readonly recipient: Recipient;
}

/** Chooses, while a list is read once, the people whose mails are most likely to look wrong. */
export interface ReaderChoice {
  see(recipient: Recipient): void;
  /** Each person once: somebody of the list, those with the longest and the shortest words in the mail, and with most gaps. */
  readers(): Reader[];
}

/**
 * @param fields the columns that the mails show
 */
export function chooseReaders(fields: readonly string[]): ReaderChoice {
  const best = new Map<Reader['why'], { recipient: Recipient; score: number }>();
  const offer = (why: Reader['why'], recipient: Recipient, score: number) => {
    const known = best.get(why);
    if (!known || score > known.score) best.set(why, { recipient, score });
  };
  return {
    see(recipient) {
      const cells = fields.map((name) => (recipient.fields[name] ?? '').trim());
      const length = cells.join('').length;
      const gaps = cells.filter((cell) => cell === '').length;
      // An id is a keyed hash: the greatest of them is anybody, and the same person each time.
      const known = best.get('sample')?.recipient;
      if (!known || recipient.id > known.id) best.set('sample', { recipient, score: 0 });
      if (fields.length === 0) return;
      if (length > 0) offer('longest', recipient, length);
      if (gaps === 0) offer('shortest', recipient, -length);
      if (gaps > 0) offer('gaps', recipient, gaps);
    },
    readers() {
      const seen = new Set<string>();
      return (['sample', 'longest', 'shortest', 'gaps'] as const).flatMap((why) => {
        const found = best.get(why)?.recipient;
        if (!found || seen.has(found.id)) return [];
        seen.add(found.id);
        return [{ why, recipient: found }];
      });
    },
  };
}
