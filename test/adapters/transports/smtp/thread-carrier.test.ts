import { expect, it, onTestFinished } from 'vitest';
import { smtpOptions } from '../../../../src/adapters/transports/smtp/options.ts';
import { openThreadCarrier } from '../../../../src/adapters/transports/smtp/thread/thread-carrier.ts';
import { type SinkOptions, startSink } from '../../../support/smtp-sink.ts';

const against = async (options: SinkOptions) => {
  const sink = await startSink({ keep: true, ...options });
  onTestFinished(() => sink.stop());
  const carrier = openThreadCarrier(smtpOptions(`${sink.url}?connections=1`, {}));
  onTestFinished(() => carrier.close());
  return { sink, carrier };
};
const letter = (n: number, bytes: Uint8Array = Buffer.from(`Subject: ${n}\r\n\r\nHello\r\n`)) => ({
  from: 'news@kaldi.example',
  to: `p${n}@example.com`,
  bytes,
});

it('asks anew whether letters may go that waited for longer than a moment', async () => {
  const { sink, carrier } = await against({ latencyMs: 700 });
  expect(await carrier.check()).toBeUndefined();
  let left = 2;
  const { outcomes } = await carrier.carry(
    [1, 2, 3].map((n) => letter(n)),
    () => left-- > 0,
  );
  expect(outcomes.map((outcome) => outcome?.kind)).toEqual(['accepted', 'accepted', 'notSent']);
  expect([...sink.taken.keys()]).toEqual(['p1@example.com', 'p2@example.com']);
});

it('sends what the letters were when they were handed over', async () => {
  const { sink, carrier } = await against({});
  const shared = Buffer.from('Subject: a\r\n\r\nOne\r\nSubject: b\r\n\r\nTwo\r\n');
  const half = shared.length / 2;
  const carried = carrier.carry(
    [letter(1, shared.subarray(0, half)), letter(2, shared.subarray(half))],
    () => true,
  );
  await Promise.resolve();
  await Promise.resolve();
  shared.fill('x');
  expect((await carried).outcomes.map((outcome) => outcome?.kind)).toEqual(['accepted', 'accepted']);
  expect(sink.messages.map(({ to, bytes }) => `${to} ${bytes.toString().trimEnd().slice(-3)}`)).toEqual([
    'p1@example.com One',
    'p2@example.com Two',
  ]);
});

it('does not call a letter unsent whose thread ended before it could say what came of it', async () => {
  const { sink, carrier } = await against({ onMessage: () => 'silence' });
  const carried = carrier.carry([letter(1)], () => true).catch((error: unknown) => error);
  await expect.poll(() => sink.taken.size + sink.commands.length).toBeGreaterThan(3);
  await carrier.close();
  expect(await carried).toBeInstanceOf(Error);
  await expect(carrier.carry([letter(2)], () => true)).rejects.toThrow();
  expect(await carrier.check().catch((error: unknown) => error)).toBeInstanceOf(Error);
});
