import { templateTransport } from '../../../src/adapters/transports/_template.ts';
import type { Mail } from '../../../src/delivery/transport.ts';
import { readMessage, transportContract } from '../../contracts/transport.ts';

transportContract('The template', async () => {
  const transport = templateTransport('template:');
  const sent: Mail[] = [];
  return {
    transport: {
      ...transport,
      async send(batch: readonly Mail[], mayGo?: () => boolean) {
        const report = await transport.send(batch, mayGo);
        sent.push(...batch.filter((_, n) => report.outcomes[n]?.kind === 'accepted'));
        return report;
      },
    },
    received: () => Promise.all(sent.map((mail) => readMessage(mail.bytes()))),
    destroy: async () => {},
  };
}, [
  {
    reason: 'there is no other side that could go away',
    tests: [
      'has sent nobody anything when the other side is not there',
      'says before a send that the other side is not there',
    ],
  },
]);
