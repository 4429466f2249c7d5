import { heldBack, type Outcome, plainReason } from '../../../delivery/outcome.ts';
import { type Capabilities, sayHello } from './capabilities.ts';
import { isNo, isYes, plainProblem, refusal, unanswered } from './classify.ts';
import { type Envelope, envelopeFor } from './envelope.ts';
import { lost, SmtpFailure } from './failure.ts';
import { type Letter, roomFor, writeLetter } from './letter.ts';
import { logIn } from './login.ts';
import type { MayGo } from './may-go.ts';
import type { SmtpOptions } from './options.ts';
import type { Reply } from './reply.ts';
import { Sheets } from './sheets.ts';
import { Wire } from './wire.ts';

/** What one connection did with a batch. */
export interface Served {
  /** One for each letter; undefined for those that were not given to the server at all. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** Why it did not get through the batch; absent where it did. */
  readonly problem?: string;
}

/** One connection to a mail server, ready for messages. */
export interface SmtpSession {
  /** Whether the connection can carry another message. */
  readonly isOpen: boolean;
  /** Offers one message after another, each to its one recipient. Never throws. */
  send(letters: readonly Letter[], mayGo?: MayGo): Promise<Served>;
  close(): void;
}

/** Longest that greeting, encryption and login may take together; some servers let strangers wait on purpose. */
const INTRODUCTION_MS = 60_000;

/** Connects, encrypts and logs in. @throws SmtpFailure */
export async function openSession(options: SmtpOptions): Promise<SmtpSession> {
  const wire = await Wire.open(options);
  const tooLate = setTimeout(
    () => wire.cut(new SmtpFailure('connect', { code: 'ETIMEDOUT' })),
    Math.min(INTRODUCTION_MS, options.answerMs),
  );
  try {
    return new Session(wire, await introduce(wire, options));
  } catch (error) {
    wire.cut();
    throw lost('connect', error);
  } finally {
    clearTimeout(tooLate);
  }
}

async function introduce(wire: Wire, options: SmtpOptions): Promise<Capabilities> {
  const greeting = await wire.reply('connect');
  if (greeting.code !== 220) throw new SmtpFailure('connect', { reply: greeting });
  let server = await sayHello(wire);
  if (!options.secure && (server.startTls || options.mustEncrypt)) {
    if (!server.startTls) throw new SmtpFailure('encrypt', { message: 'the server does not know STARTTLS' });
    const reply = await wire.ask('encrypt', 'STARTTLS');
    if (reply.code !== 220) throw new SmtpFailure('encrypt', { reply });
    await wire.encrypt();
    server = await sayHello(wire);
  }
  if (options.login) await logIn(wire, server, options.login);
  return server;
}

/** A letter that the server can carry, and its place in the batch. */
interface Offer extends Envelope {
  readonly place: number;
  readonly letter: Letter;
}

class Session implements SmtpSession {
  readonly #wire: Wire;
  readonly #server: Capabilities;
  readonly #sheets = new Sheets();
  /** A refused recipient leaves half a transaction behind (RFC 5321 §4.1.1.5). */
  #mustReset = false;

  constructor(wire: Wire, server: Capabilities) {
    this.#wire = wire;
    this.#server = server;
  }

  get isOpen() {
    return this.#wire.isOpen;
  }

  close() {
    this.#wire.quit();
  }

  async send(letters: readonly Letter[], mayGo: MayGo = () => true): Promise<Served> {
    const outcomes: (Outcome | undefined)[] = [];
    const offers: Offer[] = [];
    for (const [place, letter] of letters.entries()) {
      const envelope = envelopeFor(letter, this.#server);
      if ('kind' in envelope) outcomes[place] = envelope;
      else offers.push({ ...envelope, place, letter });
    }
    try {
      await this.#transact(offers, outcomes, mayGo);
      return { outcomes: letters.map((_, place) => outcomes[place]) };
    } catch (error) {
      this.#wire.cut();
      return {
        outcomes: letters.map((_, place) => outcomes[place]),
        problem: plainProblem(lost('mail', error)),
      };
    }
  }

  /**
   * With PIPELINING the next envelope rides behind a message, so that each message costs one round trip. Its DATA is
   * the last word of the group, and nothing of the next message goes out before all of that is answered
   * (RFC 2920 §3.1): whatever happens, only the message whose answer is awaited can be in doubt. An answer counts
   * for good once those behind it fit as well: a server that forgot one would shift all that follow.
   *
   * @throws SmtpFailure when the conversation cannot go on
   */
  async #transact(offers: readonly Offer[], outcomes: (Outcome | undefined)[], mayGo: MayGo): Promise<void> {
    /** The message that the envelope under way rode behind. */
    let ahead: Offer | undefined;
    for (const [n, offer] of offers.entries()) {
      const no = await this.#negotiate(offer, ahead !== undefined).catch((failure: unknown) => {
        if (ahead && failure instanceof SmtpFailure && failure.isAstray)
          outcomes[ahead.place] = unanswered(failure);
        throw failure;
      });
      ahead = undefined;
      if (no) {
        outcomes[offer.place] = no;
        continue;
      }
      if (!(await mayGo())) {
        outcomes[offer.place] = heldBack;
        throw new SmtpFailure('data', { message: heldBack.reason });
      }
      const next = this.#server.pipelining ? offers[n + 1] : undefined;
      this.#write(offer.letter, next);
      if (next) ahead = offer;
      const outcome = await this.#verdict();
      outcomes[offer.place] = outcome;
      if (outcome.kind === 'notSent' || outcome.kind === 'inDoubt')
        throw new SmtpFailure('body', { message: outcome.reason });
    }
  }

  /** One piece of memory, so that all of it leaves together: the letter, its end, and the next envelope. */
  #write(letter: Letter, next: Envelope | undefined): void {
    const end = next ? `.\r\n${words(next)}` : '.\r\n';
    const sheet = this.#sheets.take(roomFor(letter) + Buffer.byteLength(end));
    const length = writeLetter(letter, sheet);
    const written = sheet.subarray(0, length + sheet.write(end, length, 'utf8'));
    this.#wire.write(written, next ? 4 : 1, () => this.#sheets.give(sheet));
  }

  /** Brings the server to the point where it waits for the message; or says what came of it before that. */
  async #negotiate(offer: Envelope, isOffered: boolean): Promise<Outcome | undefined> {
    const wire = this.#wire;
    const mustReset = this.#mustReset;
    this.#mustReset = false;
    if (this.#server.pipelining) {
      if (!isOffered) wire.write(`${mustReset ? 'RSET\r\n' : ''}${words(offer)}`, mustReset ? 4 : 3);
      if (mustReset) expectYes(await wire.reply('mail'));
      expectYes(await wire.reply('mail'));
      const rcpt = await wire.reply('rcpt');
      if (!isYes(rcpt) && !isNo(rcpt)) throw new SmtpFailure('rcpt', { reply: rcpt, isAstray: true });
      return this.#judge(rcpt, await wire.reply('data'));
    }
    if (mustReset) expectYes(await wire.ask('mail', 'RSET'));
    expectYes(await wire.ask('mail', offer.mail));
    const rcpt = await wire.ask('rcpt', offer.rcpt);
    return this.#judge(rcpt, isYes(rcpt) ? await wire.ask('data', 'DATA') : rcpt);
  }

  /** @throws SmtpFailure where the answers are about the conversation, or fit nothing that was said */
  #judge(rcpt: Reply, data: Reply): Outcome | undefined {
    if (isYes(rcpt) && data.code === 354) return undefined;
    const [stage, reply] = isYes(rcpt) ? (['data', data] as const) : (['rcpt', rcpt] as const);
    const outcome = refusal(stage, reply);
    if (!isNo(reply) || outcome.kind === 'notSent')
      throw new SmtpFailure(stage, { reply, isAstray: !isNo(reply) });
    if (isNo(data)) this.#mustReset = true;
    else this.#wire.cut();
    return outcome;
  }

  /** What the server says to a message that is on its way. */
  async #verdict(): Promise<Outcome> {
    try {
      const reply = await this.#wire.reply('body');
      if (isYes(reply)) return { kind: 'accepted', providerId: queueId(reply.text) };
      return isNo(reply) ? refusal('body', reply) : unanswered(new SmtpFailure('body', { reply }));
    } catch (error) {
      return unanswered(lost('body', error));
    }
  }
}

const words = ({ mail, rcpt }: Envelope) => `${mail}\r\n${rcpt}\r\nDATA\r\n`;

function expectYes(reply: Reply): void {
  if (!isYes(reply)) throw new SmtpFailure('mail', { reply, isAstray: !isNo(reply) });
}

/** `queued as 4F2A1` out of `250 2.0.0 Ok: queued as 4F2A1`. */
const queueId = (text: string) => plainReason(text.replace(/^\d{3} (\d\.\d+\.\d+ )?/, '')) || null;
