import { expect, it, onTestFinished } from 'vitest';
import { smtpOptions } from '../../../../src/adapters/transports/smtp/options.ts';
import { openThreadCarrier } from '../../../../src/adapters/transports/smtp/thread/thread-carrier.ts';
import { formOf } from '../../../../src/delivery/mime/form.ts';
import { letterTo } from '../../../support/letters.ts';
import { type SinkOptions, startSink } from '../../../support/smtp-sink.ts';

const against = async (options: SinkOptions) => {
  const sink = await startSink({ keep: true, ...options });
  onTestFinished(() => sink.stop());
  const carrier = openThreadCarrier(smtpOptions(`${sink.url}?connections=1`, {}));
  onTestFinished(() => carrier.close());
  return { sink, carrier };
};
const letter = (n: number, text = `Subject: ${n}\r\n\r\nHello\r\n`) => letterTo(`p${n}@example.com`, text);

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
  const letters = [letter(1, 'Subject: a\r\n\r\nOne\r\n'), letter(2, 'Subject: b\r\n\r\nTwo\r\n')];
  const carried = carrier.carry(letters, () => true);
  await Promise.resolve();
  await Promise.resolve();
  for (const { form } of letters) for (const piece of form.pieces) piece.fill(0x78);
  expect((await carried).outcomes.map((outcome) => outcome?.kind)).toEqual(['accepted', 'accepted']);
  expect(sink.messages.map(({ to, bytes }) => `${to} ${bytes.toString().trimEnd().slice(-3)}`)).toEqual([
    'p1@example.com One',
    'p2@example.com Two',
  ]);
});

it('puts each letter into its own form, whatever the others have', async () => {
  const { sink, carrier } = await against({});
  const forms = ['lv', 'en'].map((language) =>
    formOf([`: ${language}\r\n\r\n`, `-${language}\r\n`].map((text) => Buffer.from(text))),
  );
  const letters = Array.from({ length: 20 }, (_, n) => ({
    ...letter(n),
    ...{ form: forms[n % 2] ?? formOf([]), entries: [`Subject`, `Hello ${n}`, ''] },
  }));
  await Promise.all([
    carrier.carry(letters.slice(0, 7), () => true),
    carrier.carry(letters.slice(7), () => true),
  ]);
  expect(new Map(sink.messages.map(({ to, bytes }) => [to, bytes.toString()]))).toEqual(
    new Map(
      letters.map(({ to }, n) => {
        const language = n % 2 ? 'en' : 'lv';
        return [to, `Subject: ${language}\r\n\r\nHello ${n}-${language}\r\n`];
      }),
    ),
  );
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
