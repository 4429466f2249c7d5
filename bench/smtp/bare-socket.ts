import { once } from 'node:events';
import { connect } from 'node:net';

const CONNECTIONS = 4;

/**
 * The least that a pipelined client can do: the same bytes for everybody, no record of anything, and of the answers
 * nothing but their number. Four round trips become one (RFC 2920 §3.1).
 *
 * @returns messages per second
 */
export async function bareSockets(url: string, message: Uint8Array, count: number): Promise<number> {
  const start = performance.now();
  const share = Math.ceil(count / CONNECTIONS);
  await Promise.all(Array.from({ length: CONNECTIONS }, () => oneSocket(new URL(url), message, share)));
  return (1000 * share * CONNECTIONS) / (performance.now() - start);
}

async function oneSocket({ hostname, port }: URL, message: Uint8Array, count: number): Promise<void> {
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  let begun = 0;
  const envelope = () => `MAIL FROM:<news@kaldi.example>\r\nRCPT TO:<p${begun++}@example.com>\r\nDATA\r\n`;
  let answered = 0;
  socket.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf('\r\n'); at >= 0; at = chunk.indexOf('\r\n', at + 2)) {
      const line = chunk.toString('latin1', Math.max(0, chunk.lastIndexOf('\n', at - 1) + 1), at);
      if (line.startsWith('220')) socket.write('EHLO bare.example\r\n');
      else if (line === '250 HELP') socket.write(envelope());
      else if (line.startsWith('354')) {
        socket.cork();
        socket.write(message);
        socket.write(`\r\n.\r\n${begun < count ? envelope() : 'QUIT\r\n'}`);
        socket.uncork();
      } else if (line.startsWith('250 2.0.0')) answered++;
    }
  });
  await once(socket, 'close');
  if (answered !== count) throw new Error(`the bare socket was answered ${answered} times of ${count}`);
}
