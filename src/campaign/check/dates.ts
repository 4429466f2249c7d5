import { asError, asWarning, at, type Rule } from './rules.ts';

/** A promotion that is over, or an event that was yesterday. */
export const dateRules: Rule = ({ brief, today }) => {
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
  return problems;
};
