import { setImmediate as turn } from 'node:timers/promises';

type Library = typeof import('@simplewebauthn/server');

/**
 * Asks the WebAuthn library, loaded where a passkey is looked at. It asks Node for algorithms that Node calls
 * experimental, and Node's warning about that would stand between an operator and a receipt.
 */
export async function askWebAuthn<Answer>(ask: (library: Library) => Promise<Answer>): Promise<Answer> {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  try {
    return await ask(await import('@simplewebauthn/server'));
  } finally {
    await turn();
    for (const listener of listeners) process.on('warning', listener);
  }
}
