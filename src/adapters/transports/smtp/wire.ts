import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { lost, SmtpFailure, type Stage } from './failure.ts';
import type { SmtpOptions } from './options.ts';
import { type Reply, ReplyReader } from './reply.ts';

interface Waiter {
  readonly stage: Stage;
  resolve(reply: Reply): void;
  reject(failure: SmtpFailure): void;
}

const HEARD_AT_ONCE = 16_384;

/**
 * The line to a mail server: what is written, and the answers in their order. Each answer belongs to something that
 * was said; one that nobody asked for, or that is none, ends the conversation, because from then on answers could be
 * taken for those of other messages.
 */
export class Wire {
  readonly #options: SmtpOptions;
  #socket: Socket;
  #reader = new ReplyReader();
  /** The greeting comes unasked. */
  #owed = 1;
  readonly #replies: Reply[] = [];
  readonly #waiting: Waiter[] = [];
  #ended: SmtpFailure | undefined;
  readonly #timer: NodeJS.Timeout;
  #unsent = 0;

  private constructor(options: SmtpOptions, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#overdue(), options.answerMs);
    this.#timer.unref();
    this.#listen();
  }

  /** Connects, encrypted from the start where the options say so. @throws SmtpFailure */
  static open(options: SmtpOptions): Promise<Wire> {
    const { host, port, secure, tls, connectMs } = options;
    return new Promise((resolve, reject) => {
      let hear = (_words: Buffer) => {};
      // One piece of memory for all that is heard: the words are read at once, and as texts.
      const onread = {
        buffer: Buffer.allocUnsafeSlow(HEARD_AT_ONCE),
        callback: (length: number, { buffer, byteOffset }: Uint8Array) => {
          hear(Buffer.from(buffer, byteOffset, length));
          return true;
        },
      };
      const socket = secure
        ? connectTls({ ...tls, ...serverName(host), port })
        : connectPlain({ host, port, onread });
      const tooLate = setTimeout(() => socket.destroy(timedOut()), connectMs);
      const onError = (error: Error) => {
        clearTimeout(tooLate);
        reject(lost('connect', error));
      };
      socket.once('error', onError);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(tooLate);
        socket.off('error', onError);
        socket.setNoDelay(true);
        socket.setKeepAlive(true, 60_000);
        const wire = new Wire(options, socket);
        hear = (words) => wire.#hear(words);
        resolve(wire);
      });
    });
  }

  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /** The address literal of this end, for a machine without a name (RFC 5321 §4.1.3). */
  get ownAddress(): string {
    const { localAddress = '127.0.0.1' } = this.#socket;
    return isIP(localAddress) === 6 ? `[IPv6:${localAddress}]` : `[${localAddress}]`;
  }

  /**
   * @param answers how many answers it will be owed for this
   * @param taken called once nobody reads from these bytes any longer; never where the conversation broke before
   */
  write(bytes: string | Uint8Array, answers: number, taken?: () => void): void {
    this.#owed += answers;
    if (!this.isOpen) return;
    this.#socket.write(bytes, (error) => {
      if (!error) taken?.();
    });
  }

  /** The next answer that was not read yet. @throws SmtpFailure where there will be none */
  reply(stage: Stage): Promise<Reply> {
    const ready = this.#replies.shift();
    if (ready) return Promise.resolve(ready);
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#waiting.length === 0) this.#timer.refresh();
    return new Promise((resolve, reject) => this.#waiting.push({ stage, resolve, reject }));
  }

  /** One line and its answer. @throws SmtpFailure */
  ask(stage: Stage, line: string): Promise<Reply> {
    this.write(`${line}\r\n`, 1);
    return this.reply(stage);
  }

  /**
   * Goes on encrypted, after the server agreed to STARTTLS. Words that came before the encryption are not the
   * server's for certain, and end the conversation (RFC 3207 §6; CVE-2011-0411).
   *
   * @throws SmtpFailure
   */
  async encrypt(): Promise<void> {
    const plain = this.#socket;
    if (this.#reader.isHalfWay || this.#replies.length > 0)
      throw this.#end(new SmtpFailure('encrypt', { message: 'it speaks before the encryption begins' }));
    plain.removeAllListeners();
    plain.on('error', () => {});
    const { tls, host, connectMs } = this.#options;
    this.#socket = await new Promise<TLSSocket>((resolve, reject) => {
      const socket = connectTls({ ...tls, ...serverName(host), socket: plain });
      const tooLate = setTimeout(() => socket.destroy(timedOut()), connectMs);
      const fails = (error: unknown) => {
        clearTimeout(tooLate);
        reject(this.#end(lost('encrypt', error)));
      };
      socket.once('error', fails);
      socket.once('close', () => fails({ code: 'ECONNRESET', message: '' }));
      socket.once('secureConnect', () => {
        clearTimeout(tooLate);
        socket.removeAllListeners('error');
        socket.removeAllListeners('close');
        resolve(socket);
      });
    });
    this.#reader = new ReplyReader();
    this.#listen();
  }

  /** Ends the conversation politely: for one in which nothing is under way. */
  quit(): void {
    if (!this.isOpen) return;
    const socket = this.#socket;
    socket.removeAllListeners('data');
    socket.resume();
    socket.end('QUIT\r\n');
    const late = setTimeout(() => socket.destroy(), 1000);
    socket.once('close', () => clearTimeout(late));
    this.#end(new SmtpFailure('connect', { message: 'the connection was closed' }), false);
  }

  /** Breaks the conversation off: what was not finished with a dot is not a message to the server. */
  cut(failure = new SmtpFailure('connect', { message: 'the connection was closed' })): void {
    this.#end(failure);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('error', (error) => this.#end(lost(this.#waiting[0]?.stage ?? 'connect', error)));
    socket.on('close', () => this.#end(new SmtpFailure(this.#waiting[0]?.stage ?? 'connect', {})));
    socket.on('end', () => this.#end(new SmtpFailure(this.#waiting[0]?.stage ?? 'connect', {})));
  }

  #hear(chunk: Buffer): void {
    const { replies, broken } = this.#reader.read(chunk);
    for (const reply of replies) {
      if (this.#owed === 0) {
        this.#end(new SmtpFailure('connect', { reply, isAstray: true }));
        return;
      }
      this.#owed--;
      const waiter = this.#waiting.shift();
      if (!waiter) this.#replies.push(reply);
      else {
        if (this.#waiting.length > 0) this.#timer.refresh();
        waiter.resolve(reply);
      }
    }
    if (broken !== undefined)
      this.#end(
        new SmtpFailure(this.#waiting[0]?.stage ?? 'connect', {
          message: `it says "${broken}"`,
          isAstray: true,
        }),
      );
  }

  /** Nobody answered in time; while our words still go out, time is not up. */
  #overdue(): void {
    const unsent = this.#socket.writableLength;
    const moves = unsent > 0 && unsent !== this.#unsent;
    this.#unsent = unsent;
    if (this.#waiting.length === 0) return;
    if (moves) this.#timer.refresh();
    else this.#end(new SmtpFailure(this.#waiting[0]?.stage ?? 'connect', { code: 'ETIMEDOUT' }));
  }

  #end(failure: SmtpFailure, isHard = true): SmtpFailure {
    if (this.#ended) return this.#ended;
    this.#ended = failure;
    clearTimeout(this.#timer);
    if (isHard) this.#socket.destroy();
    for (const waiter of this.#waiting.splice(0)) waiter.reject(failure);
    return failure;
  }
}

/** TLS names the server that it means, unless that is a bare address (RFC 6066 §3). */
const serverName = (host: string) => (isIP(host) === 0 ? { host, servername: host } : { host });

const timedOut = () => Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
