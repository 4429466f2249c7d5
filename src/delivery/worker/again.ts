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
  LISTS_BUSY: SOON,
  // A database that was restarted is back soon, and asking costs it nothing.
  LEDGER_UNREACHABLE: SOON,
  // The other side is not there.
  TRANSPORT_UNREACHABLE: LATER,
  TRANSPORT_REFUSED: LATER,
  SEND_STOPPED: LATER,
  SEND_WINDOW_CLOSED: HOURS,
  OUTSIDE_HOURS: HOURS,
};

/** What this machine lacks, and another one may have: it does not come by itself from one minute to the next. */
const lacks: ReadonlySet<string> = new Set([
  // Its checkout of the workspace is an older one, or another.
  ...['CLIENT_UNKNOWN', 'CAMPAIGN_UNKNOWN', 'TEMPLATE_UNKNOWN', 'MESSAGE_CHANGED', 'APPROVAL_MISSING'],
  ...['SUPPRESSION_OTHER_KEY', 'LISTS_KEY_LOST', 'LISTS_BROKEN'],
  ...['VAULT_UNREADABLE', 'VAULT_LOCKED', 'VAULT_PASSPHRASE', 'VAULT_NO_KEEPER'],
  ...['TRANSPORT_INVALID', 'TRANSPORT_MISSING', 'DKIM_KEY_UNUSABLE'],
  // A newer sec changed the database.
  'LEDGER_UNKNOWN',
]);

/** Whether another machine may well be able to do it. */
export const isLack = (error: unknown): boolean => isSecError(error) && lacks.has(error.code);

/**
 * Seconds until this worker tries a campaign again that ended so; undefined where a person must look at it first.
 *
 * @param before how often in a row it ended so already
 */
export function tryAgainIn(error: unknown, before = 0): number | undefined {
  if (!isSecError(error)) return undefined;
  return isLack(error) ? Math.min(LONGEST, SOON * 2 ** before) : waits[error.code];
}

/** Whether nobody needs to hear of it. */
export const isOrdinary = (error: unknown): boolean => isSecError(error, 'CAMPAIGN_BUSY');
