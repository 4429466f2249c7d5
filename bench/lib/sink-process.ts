/** A counting mail server in a process of its own, so that it does not share a core's time with who is measured. */
import { startSink } from '../../test/support/smtp-sink.ts';

const sink = await startSink();
process.send?.(sink.url);
process.on('disconnect', () => process.exit());
