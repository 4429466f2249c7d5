import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { roomFor, writeLetter } from '../../../../src/adapters/transports/smtp/letter.ts';
import { smtpOptions } from '../../../../src/adapters/transports/smtp/options.ts';
import { openSession } from '../../../../src/adapters/transports/smtp/session.ts';
import { formOf, wholeOf } from '../../../../src/delivery/mime/form.ts';
import { letterTo } from '../../../support/letters.ts';

const texts = fc
  .array(fc.constantFrom('.', '..', 'a', '\r\n', '\r\n.', '\n', 'ab.', 'é'))
  .map((parts) => parts.join(''));

it('doubles each dot at the start of a line, and nothing else, wherever a form has its places', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.tuple(texts, texts)), (first, rest) => {
      const form = formOf(rest.map(([piece]) => Buffer.from(piece, 'latin1')));
      const letter = {
        ...letterTo('p1@example.com'),
        form,
        entries: [first, ...rest.map(([, entry]) => entry)],
      };
      const written = Buffer.from(wholeOf(letter)).toString('latin1');
      expect(written).toBe(first + rest.flat().join(''));
      const sheet = Buffer.alloc(roomFor(letter), '!');
      const wire = sheet.toString('latin1', 0, writeLetter(letter, sheet));
      expect(wire).toBe(written.replace(/(^|\n)\./g, '$1..'));
    }),
    { numRuns: 1000 },
  );
});

/** More than the system keeps of what nobody reads. */
const LARGE = 24_000_000;

it('keeps what is on its way as it is, though the server answers before it has read', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    let begun = false;
    socket.on('error', () => {});
    socket.write('220 hasty\r\n');
    socket.on('data', (chunk: Buffer) => {
      if (heard.length === 0) {
        const line = chunk.toString('latin1');
        if (line.startsWith('EHLO')) socket.write('250-hasty\r\n250 PIPELINING\r\n');
        if (line.startsWith('MAIL')) {
          socket.write('250 yes\r\n250 yes\r\n354 go on\r\n');
          begun = true;
          return;
        }
      }
      if (!begun) return;
      heard.push(chunk);
      if (heard.length === 1) {
        // All of it is answered, and the next message begins, while most of this one is still on its way.
        socket.pause();
        socket.write('250 taken\r\n250 yes\r\n250 yes\r\n354 go on\r\n');
        setTimeout(() => socket.resume(), 200);
      } else if (chunk.toString('latin1').endsWith('B\r\n.\r\n')) socket.write('250 taken\r\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const { port } = server.address() as AddressInfo;
  const session = await openSession(smtpOptions(`smtp://127.0.0.1:${port}`, {}));
  const text = (letter: string) => `${letter.repeat(LARGE)}\r\n`;
  const { outcomes } = await session.send([
    letterTo('a@example.com', text('A')),
    letterTo('b@example.com', text('B')),
  ]);
  session.close();
  expect(outcomes).toMatchObject([{ kind: 'accepted' }, { kind: 'accepted' }]);
  const all = Buffer.concat(heard).toString('latin1').split('\r\n.\r\n');
  expect(all[0]?.length).toBe(LARGE);
  expect(all[0]?.replaceAll('A', '')).toBe('');
  expect(all[1]?.replace(/^(?:.*\r\n){3}/, '').replaceAll('B', '')).toBe('');
});
