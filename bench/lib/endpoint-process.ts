/** A stand-in for SendGrid in a process of its own, with the limits that the real one documents. */
import { startEndpoint } from '../../test/support/sendgrid-endpoint.ts';

const endpoint = await startEndpoint();
process.send?.(endpoint.url);
process.on('disconnect', () => process.exit());
