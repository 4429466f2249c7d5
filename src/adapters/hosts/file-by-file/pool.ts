import { setTimeout as wait } from 'node:timers/promises';

/** How long to put up with a network that does not answer. */
export interface Patience {
  /** Milliseconds without a sign of life after which a connection is given up. */
  readonly silence: number;
  /** Milliseconds to wait before each further attempt at a step; as many attempts as there are waits, and one. */
  readonly waits: readonly number[];
}

export const usualPatience: Patience = { silence: 30_000, waits: [500, 2000, 5000, 15_000] };

export interface PoolOptions<Connection> {
  connect(): Promise<Connection>;
  /** Never throws. */
  disconnect(connection: Connection): void;
  /** A sign of life, so that an idle connection is not closed by the other side. */
  nudge?(connection: Connection): Promise<unknown>;
  /** Whether an error says that the connection is gone, so that another one may do better. */
  isBroken(error: unknown, connection: Connection | undefined): boolean;
  /** Whether the other side takes no further connection of ours now. */
  isCrowded(error: unknown): boolean;
  /** The most connections at a time, and the most steps under way on each. */
  readonly most: number;
  readonly sharing: number;
  /** So many steps must wait for each connection before another one is made: making one takes longer than a few steps. */
  readonly queue: number;
  readonly patience: Patience;
}

/** Connections to one host, made when they are needed and made again when they break. */
export interface Pool<Connection> {
  /**
   * Runs a step on a connection. Where the connection breaks it is run again on another one, after a pause: a step
   * must be fit for being done twice.
   *
   * @param attempt how often it was tried before
   */
  use<Result>(step: (connection: Connection, attempt: number) => Promise<Result>): Promise<Result>;
  /** Keeps connections open between steps, until `letGo`. */
  hold(): void;
  letGo(): void;
}

interface Slot<Connection> {
  readonly opened: Promise<Connection>;
  connection?: Connection;
  busy: number;
}

/** An idle connection is closed so soon after the last step, unless it is held. */
const LINGER_MS = 250;
const NUDGE_MS = 20_000;

export function connectionPool<Connection>(options: PoolOptions<Connection>): Pool<Connection> {
  const { sharing, patience } = options;
  const slots = new Set<Slot<Connection>>();
  const waiting: (() => void)[] = [];
  let most = options.most;
  let holds = 0;
  let closing: NodeJS.Timeout | undefined;
  let nudging: NodeJS.Timeout | undefined;

  const drop = (slot: Slot<Connection>) => {
    slots.delete(slot);
    if (slot.connection !== undefined) options.disconnect(slot.connection);
  };
  const wake = () => {
    for (const next of waiting.splice(0)) next();
  };
  const closeIdle = () => {
    if (holds === 0) for (const slot of [...slots]) if (slot.busy === 0) drop(slot);
  };
  const nudgeIdle = () => {
    for (const slot of slots)
      if (slot.busy === 0 && slot.connection !== undefined) {
        slot.busy += 1;
        void options
          .nudge?.(slot.connection)
          .catch(() => drop(slot))
          .finally(() => release(slot));
      }
  };
  const open = (): Slot<Connection> => {
    const slot: Slot<Connection> = { opened: options.connect(), busy: 0 };
    slot.opened.then(
      (connection) => {
        slot.connection = connection;
      },
      () => slots.delete(slot),
    );
    slots.add(slot);
    return slot;
  };
  const acquire = async (): Promise<Slot<Connection>> => {
    for (;;) {
      const free = [...slots].find((slot) => slot.busy < sharing);
      const isWorthIt = slots.size < most && waiting.length >= slots.size * options.queue;
      const slot = free ?? (isWorthIt ? open() : undefined);
      if (slot) {
        slot.busy += 1;
        return slot;
      }
      await new Promise<void>((next) => waiting.push(next));
    }
  };
  const release = (slot: Slot<Connection>) => {
    slot.busy -= 1;
    wake();
    clearTimeout(closing);
    closing = setTimeout(closeIdle, LINGER_MS);
  };

  return {
    async use(step) {
      for (let attempt = 0; ; attempt++) {
        const slot = await acquire();
        try {
          return await step(await slot.opened, attempt);
        } catch (error) {
          const isFirst = slots.size === 0;
          if (slot.connection === undefined && !isFirst && options.isCrowded(error)) {
            // Others of ours are in already: with those it works, only more slowly.
            most = Math.max(1, slots.size);
            attempt -= 1;
            continue;
          }
          if (!options.isBroken(error, slot.connection)) throw error;
          drop(slot);
          const pause = patience.waits[attempt];
          if (pause === undefined) throw error;
          await wait(pause);
        } finally {
          release(slot);
        }
      }
    },
    hold() {
      holds += 1;
      nudging ??= options.nudge && setInterval(nudgeIdle, NUDGE_MS).unref();
    },
    letGo() {
      holds -= 1;
      if (holds > 0) return;
      clearInterval(nudging);
      nudging = undefined;
      closeIdle();
    },
  };
}
