/**
 * A counting mail server in a process of its own, so that it does not share a core's time with who is measured. Says how
 * many messages it took when it is asked.
 *
 * Argument: how long it thinks about each message, in milliseconds.
 */
import { startSink } from '../../test/support/smtp-sink.ts';

const latencyMs = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
let taken = 0;
const sink = await startSink({
  ...(latencyMs === undefined ? {} : { latencyMs }),
  onMessage: () => {
    taken++;
    return '250 2.0.0 Ok: queued as Q1';
  },
});
process.send?.(sink.url);
process.on('message', () => process.send?.(taken));
process.on('disconnect', () => process.exit());
