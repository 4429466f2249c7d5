import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Outcome, plainReason } from '../../../delivery/outcome.ts';
import { isFailureReply, outcomeOf, type SmtpError } from './classify.ts';
import type { SmtpOptions } from './options.ts';
import { withoutSecrets } from './secrets.ts';

/** One connection to a mail server, ready for messages. */
export interface SmtpSession {
  /** Whether the connection can carry another message. */
  readonly isOpen: boolean;
  /** Offers one message to one recipient. Never throws. */
  send(from: string, to: string, bytes: Uint8Array): Promise<Outcome>;
  close(): void;
}

/** Connects, encrypts and logs in. @throws SmtpError */
export async function openSession({ connection: options, login }: SmtpOptions): Promise<SmtpSession> {
  const connection = new SMTPConnection(options);
  let isOpen = true;
  connection.once('end', () => {
    isOpen = false;
  });
  try {
    await untilLost(connection, (done) => connection.connect(done));
    if (login) await untilLost(connection, (done) => connection.login({ ...login }, done));
  } catch (error) {
    connection.close();
    throw withoutSecrets(error as SmtpError, login);
  }

  const close = () => {
    isOpen = false;
    connection.quit();
    connection.close();
  };

  return {
    get isOpen() {
      return isOpen;
    },
    async send(from, to, bytes) {
      const body = new Body(bytes);
      try {
        const info = await untilLost<{ response: string }>(connection, (done) =>
          connection.send({ from, to: [to], size: bytes.length }, body, done),
        );
        return { kind: 'accepted', providerId: queueId(info.response) };
      } catch (error) {
        const outcome = outcomeOf(error as SmtpError, body.isOut);
        // After words that answer nothing, later answers could be taken for those of other messages.
        const inStep = isOpen && isFailureReply(error as SmtpError);
        if (!inStep || !(await startsOver(connection))) {
          isOpen = false;
          connection.close();
        }
        return outcome;
      }
    },
    close,
  };
}

/** After a refusal the server may still hold half a transaction (RFC 5321 §4.1.1.5). */
const startsOver = (connection: SMTPConnection): Promise<boolean> =>
  untilLost(connection, (done) => connection.reset(done)).then(
    () => true,
    () => false,
  );

type Done<T> = (error?: Error | null, value?: T) => void;

/** Runs one step of the conversation; it also ends, as a failure, when the connection does. */
function untilLost<T = unknown>(connection: SMTPConnection, step: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let cause: Error | undefined;
    const onError = (error: Error) => {
      cause = error;
    };
    // nodemailer tells of the end before it answers the step that it ended.
    const onEnd = () => setImmediate(() => settle(cause ?? new LostConnection()));
    const settle: Done<T> = (error, value) => {
      connection.off('error', onError);
      connection.off('end', onEnd);
      connection.on('error', ignore);
      if (error) reject(error);
      else resolve(value as T);
    };
    connection.off('error', ignore);
    connection.on('error', onError);
    connection.once('end', onEnd);
    step(settle);
  });
}

const ignore = () => {};

class LostConnection extends Error {
  readonly code = 'ECONNECTION';
  readonly command = 'CONN';
  constructor() {
    super('the connection broke');
  }
}

/** A prepared message that knows whether the server has been given any of it. */
class Body extends Readable {
  isOut = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
  }

  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    this.isOut = true;
    destination.end(this.#bytes);
    return destination;
  }

  override _read(): void {
    this.push(null);
  }
}

/** `queued as 4F2A1` out of `250 2.0.0 Ok: queued as 4F2A1`. */
const queueId = (response: string) => plainReason(response.replace(/^\d{3}[ -](\d\.\d+\.\d+ )?/, '')) || null;
