import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxTransport } from '../../../src/adapters/transports/outbox.ts';
import { openTransport } from '../../../src/adapters/transports/registry.ts';
import { fixedClock } from '../../../src/core/clock.ts';
import { mailsTo, readMessage, transportContract } from '../../contracts/transport.ts';

transportContract('The outbox', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sec-outbox-'));
  const dir = join(root, 'out', 'box');
  const transport = outboxTransport(dir, 'outbox:out/box');
  await transport.check();
  return {
    transport,
    received: async () =>
      Promise.all((await readdir(dir)).map(async (name) => readMessage(await readFile(join(dir, name))))),
    vanish: async () => {
      await rm(dir, { recursive: true });
      await writeFile(dir, 'a file where the folder was');
    },
    destroy: () => rm(root, { recursive: true }),
  };
});

describe('the outbox', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sec-outbox-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('keeps one file for each recipient of each campaign', async () => {
    const transport = outboxTransport(root, 'outbox:x');
    await transport.send(mailsTo(3));
    await transport.send(mailsTo(3));
    await transport.send(mailsTo(3, { campaign: 'autumn' }));
    const names = await readdir(root);
    expect(names).toHaveLength(6);
    expect(names.every((name) => /^(spring|autumn)-\w+\.eml$/.test(name))).toBe(true);
  });

  it('can be read by its owner alone', async () => {
    const dir = join(root, 'box');
    const transport = outboxTransport(dir, 'outbox:box');
    await transport.check();
    await transport.send(mailsTo(1));
    const modes = [dir, ...(await readdir(dir)).map((name) => join(dir, name))].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600]);
  });
});

describe('the registry of transports', () => {
  const options = { env: {}, clock: fixedClock('2026-03-02T10:00:00Z'), root: tmpdir() };

  it.each([
    ['outbox:', /names no folder/],
    ['sendgird:', /no transport of this kind/],
    ['mail.example.com', /kind and a colon/],
    ['pop3://user:secret@mail.example.com', /no transport of this kind/],
  ])('refuses %s', async (address, problem) => {
    const error = await openTransport(address, options).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'TRANSPORT_INVALID', message: expect.stringMatching(problem) });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('suggests the near kind', async () => {
    await expect(openTransport('sendgird:', options)).rejects.toMatchObject({
      hint: expect.stringContaining('did you mean sendgrid:'),
    });
  });
});
