import { expect, it } from 'vitest';
import { planRequests } from '../../../../src/adapters/transports/sendgrid/requests.ts';
import type { Tracking } from '../../../../src/campaign/message.ts';
import { fixedClock } from '../../../../src/core/clock.ts';
import { openMailroom } from '../../../../src/delivery/mailroom.ts';
import { message, recipient } from '../../../delivery/fixtures.ts';

const settings = (tracking?: Tracking) => {
  const made = message(tracking === undefined ? {} : { tracking });
  const mail = openMailroom(new Map([['en', made]]), fixedClock('2026-03-02T10:00:00Z')).mailFor(
    recipient(1),
  );
  return planRequests([mail], [0])[0]?.data.trackingSettings;
};

it('tells the provider to record nothing, unless the client’s policy says otherwise', () => {
  const off = { clickTracking: { enable: false, enableText: false }, openTracking: { enable: false } };
  expect(settings()).toEqual(off);
  expect(settings({ opens: false, clicks: false })).toEqual(off);
  expect(settings({ opens: true, clicks: false })).toEqual({ ...off, openTracking: { enable: true } });
  expect(settings({ opens: false, clicks: true })).toEqual({
    ...off,
    clickTracking: { enable: true, enableText: false },
  });
});
