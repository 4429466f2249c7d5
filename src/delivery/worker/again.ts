import { isSecError } from '../../core/errors/index.ts';

const SOON = 5;
const LATER = 60;
/** The client's hours may be far off, but the day that they begin must not be missed. */
const HOURS = 300;
const LONGEST = 300;

/** After which refusals a campaign is tried again, in seconds; all others wait for a person. */
const waits: Readonly<Record<string, number>> = {
  // Stopped at this worker, for another one.
  SEND_INTERRUPTED: 0,
  CANCELLED: 0,
  // Somebody else is at work on it: looked at again in case they die.
  CAMPAIGN_BUSY: SOON,
  CAMPAIGN_FENCED: SOON,
  // This machine cannot; another one may.
  SUPPRESSION_OTHER_KEY: SOON,
  CLIENT_UNKNOWN: SOON,
  CAMPAIGN_UNKNOWN: SOON,
  LISTS_BUSY: SOON,
  // The other side is not there.
  TRANSPORT_UNREACHABLE: LATER,
  TRANSPORT_REFUSED: LATER,
  LEDGER_UNREACHABLE: LATER,
  SEND_STOPPED: LATER,
  SEND_WINDOW_CLOSED: HOURS,
  OUTSIDE_HOURS: HOURS,
};

/** What this machine lacks: it does not come by itself from one minute to the next. */
const lacks = ['SUPPRESSION_OTHER_KEY', 'CLIENT_UNKNOWN', 'CAMPAIGN_UNKNOWN'];

/**
 * Seconds until this worker tries a campaign again that ended so; undefined where a person must look at it first.
 *
 * @param before how often in a row it ended so already
 */
export function tryAgainIn(error: unknown, before = 0): number | undefined {
  if (!isSecError(error)) return undefined;
  const wait = waits[error.code];
  if (wait === undefined || !lacks.includes(error.code)) return wait;
  return Math.min(LONGEST, wait * 2 ** before);
}

/** Whether nobody needs to hear of it. */
export const isOrdinary = (error: unknown): boolean => isSecError(error, 'CAMPAIGN_BUSY');
