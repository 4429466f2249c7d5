import { delimiter } from 'node:path';
import { expect, it } from 'vitest';
import { generatorEnvironment } from '../../../src/adapters/generators/environment.ts';

const at = Temporal.Instant.from('2026-11-21T10:00:00.900Z');
const options = { cwd: '/w', timezone: 'Europe/Riga', at };

it('hands on what is on a list, and nothing else', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/x',
    LC_TIME: 'lv_LV',
    SEC_WORKSPACE: '/x',
    SENDGRID_API_KEY: 'x',
    NODE_OPTIONS: '--require x',
    LD_PRELOAD: 'x',
    TZ: 'UTC',
  };
  expect(generatorEnvironment(own, options)).toEqual({
    PATH: `/w/node_modules/.bin${delimiter}/bin`,
    HOME: '/home/x',
    LC_TIME: 'lv_LV',
    TZ: 'Europe/Riga',
    NO_COLOR: '1',
    SOURCE_DATE_EPOCH: '1795255200',
  });
});

it('keeps the moment that is set for a build that must come out the same', () => {
  const env = generatorEnvironment({ PATH: '', SOURCE_DATE_EPOCH: '1' }, options);
  expect(env.SOURCE_DATE_EPOCH).toBe('1');
});
