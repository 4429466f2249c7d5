import type { Place } from '../core/errors/index.ts';
import type { Brief, Campaign } from './brief/brief.ts';

/** What a new brief carries wherever something is still to be written. */
export const TO_FILL_IN = '✎';

/** The first place of a brief that is still to be filled in; undefined where it is finished. */
export function unfinishedPlace(brief: Brief): Place | undefined {
  const path = pathOfMark(brief.fields);
  if (path) return brief.place(path);
  const line = brief.body.split('\n').findIndex((text) => text.includes(TO_FILL_IN));
  return line < 0 ? undefined : { file: brief.bodyFile, line: brief.bodyLine + line };
}

/** The same for a campaign in all its languages. */
export function unfinishedIn({ briefs }: Campaign): Place | undefined {
  for (const brief of briefs.values()) {
    const place = unfinishedPlace(brief);
    if (place) return place;
  }
  return undefined;
}

function pathOfMark(value: unknown): (string | number)[] | undefined {
  if (typeof value === 'string') return value.includes(TO_FILL_IN) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const path = pathOfMark(entry);
    if (path) return [Array.isArray(value) ? Number(key) : key, ...path];
  }
  return undefined;
}
