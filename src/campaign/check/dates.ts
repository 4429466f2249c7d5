import { asError, asWarning, at, type Rule } from './rules.ts';

/** A promotion that is over, or an event that was yesterday. */
export const dateRules: Rule = ({ brief, today, timezone }) => {
  const { ends, event } = brief.fields;
  const problems = [];
  if (ends && Temporal.PlainDate.compare(ends, today) < 0)
    problems.push(
      asError({
        ...at(brief, 'ends'),
        rule: 'past-date',
        message: `The promotion ended on ${ends}, and today is ${today}.`,
        fix: 'Correct ends, or do not send it any more.',
      }),
    );
  if (event && Temporal.PlainDate.compare(event.begins, today) < 0)
    problems.push(
      asError({
        ...at(brief, 'event', 'begins'),
        rule: 'past-date',
        message: `The event began on ${Temporal.PlainDate.from(event.begins)}, and today is ${today}.`,
        fix: 'Correct begins, or do not send it any more.',
      }),
    );
  if (event && ends && Temporal.PlainDate.compare(event.begins, ends) > 0)
    problems.push(
      asWarning({
        ...at(brief, 'ends'),
        rule: 'ends-before-event',
        message: 'The page and the banner disappear before the event begins.',
        fix: 'Set ends to the day of the event.',
      }),
    );
  for (const field of ['begins', 'ends'] as const) {
    const moment = event?.[field];
    if (moment === undefined || isOnTheClock(moment, timezone)) continue;
    problems.push(
      asError({
        ...at(brief, 'event', field),
        rule: 'no-such-time',
        message: `There is no ${moment.slice(11, 16)} on ${moment.slice(0, 10)}: the clocks go forward over it that night.`,
        fix: 'Write the time as clocks will show it.',
      }),
    );
  }
  return problems;
};

/** In spring an hour is left out. */
function isOnTheClock(text: string, timezone: string): boolean {
  const moment = Temporal.PlainDateTime.from(text);
  return moment.toZonedDateTime(timezone).toPlainDateTime().equals(moment);
}
