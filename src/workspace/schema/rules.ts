// The rules of settings that are more than a type, a pattern or a size. By their names the build finds them again
// (scripts/build/quick-settings.ts), so schemas refine with these functions and with no others.

/** Whether a folder below the client's own is named: `.` is that folder itself. */
export function staysInside(folder: string): boolean {
  return !/^\/|^[a-z]:|[\\\p{Cc}]/iu.test(folder) && !folder.split('/').includes('..');
}

export const isBelow = (folder: string): boolean => partsOf(folder).length > 0;

/** Whether the pages are outside of what a generator writes. */
export function keepsPagesApart({ output, content }: { output: string; content: string }): boolean {
  return !partsOf(output).every((part, n) => partsOf(content)[n] === part);
}

/** Whether hours as `09:00-18:00` begin before they end. */
export const isForward = (hours: string): boolean => hours.slice(0, 5) < hours.slice(6);

/** Whether a yes by phone is as sure as an approval has to be. */
export function allowsPhone({
  approval,
  operator,
}: {
  approval: { tier: string };
  operator: { phone: boolean };
}): boolean {
  return !operator.phone || approval.tier === 'T1';
}

/** Whether nobody on the way can read along: https, or this machine itself. */
export const isPrivateAddress = (url: string): boolean => /^https:|^http:\/\/localhost(:|\/|$)/.test(url);

export function isTimezone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

const partsOf = (folder: string) => folder.split('/').filter((part) => part !== '' && part !== '.');
