import { createTransport } from 'nodemailer';

const CONNECTIONS = 4;

/** nodemailer's pool, composing each message. @returns messages per second */
export async function nodemailerPool(
  url: string,
  html: string,
  text: string,
  count: number,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const pool = createTransport({
    pool: true,
    host: hostname,
    port: Number(port),
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  const start = performance.now();
  const sends = Array.from({ length: count }, (_, n) =>
    pool.sendMail({
      from: 'Kaldi <news@kaldi.example>',
      to: `p${n}@example.com`,
      subject: `Spring, person ${n}`,
      html,
      text,
    }),
  );
  await Promise.all(sends);
  pool.close();
  return (1000 * count) / (performance.now() - start);
}
