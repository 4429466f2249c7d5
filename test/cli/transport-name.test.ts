import { expect, it } from 'vitest';
import { transportName } from '../../src/cli/context/transport-name.ts';
import { siteSchema } from '../../src/workspace/schema.ts';

const client = {
  name: 'kaldi',
  config: siteSchema.parse({ name: 'Kaldi', url: 'https://kaldi.example' }),
  timezone: 'Europe/Riga',
  siteDir: '',
  campaignsDir: '',
  stateDir: '',
};

it.each([
  ['smtp://user:hunter2@mail.example:25?connections=2', 'smtp://mail.example:25'],
  ['smtp://user:hunt/er2@mail.example', 'smtp://mail.example'],
  ['smtp://user:hunt?er2@mail.example', 'smtp://mail.example'],
  ['smtps://user:hunt@er2@mail.example/', 'smtps://mail.example/'],
  ['smtp:user:hunter2@mail.example', 'smtp://mail.example'],
  ['SMTP://user:hunter2@mail.example', 'smtp://mail.example'],
  ['sendgrid:SG.hunter2', 'sendgrid:'],
  ['outbox:out@home', 'outbox:out@home'],
  ['smpt://user:hunter2@mail.example', 'smpt:'],
])('%s is called %s', (address, name) => expect(transportName(client, address)).toBe(name));
