import { expect, it } from 'vitest';
import { reportTitle } from '../../../src/delivery/report/title.ts';

it.each([
  ['Spring roast', 'Spring roast'],
  ['Spring roast for {{first_name}}', 'Spring roast for …'],
  ['{{or first_name "friend"}}, fresh coffee', '…, fresh coffee'],
  ['{{first_name}}!', 'spring'],
])('calls the report of "%s" "%s"', (subject, title) => {
  expect(reportTitle(subject, 'spring')).toBe(title);
});
