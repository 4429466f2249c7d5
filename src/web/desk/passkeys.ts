import { randomBytes } from 'node:crypto';
import type { Assertion } from '../../approval/statement/envelope.ts';
import { statementDigest } from '../../approval/statement/statement.ts';
import { jsonResponse } from './responses.ts';
import type { DeskRequest } from './server.ts';
import { isSame } from './sessions.ts';
import type { DeskVisit } from './visit.ts';

/**
 * The two talks with a passkey: `passkey-ask` gives it the statement to sign, `passkey-make` and `passkey-keep`
 * make a new one, which counts only once the office has pinned it.
 */
export async function passkeyHandler(
  what: string,
  { found, session, rp }: DeskVisit,
  { body }: DeskRequest,
): Promise<Response> {
  const form = new URLSearchParams(body);
  if (!isSame(form.get('token') ?? '', session.token)) return jsonResponse({}, 403);
  const { approver } = found.request;
  switch (what) {
    case 'passkey-ask': {
      const statement = await found.draft('T3');
      session.challenge = { statement };
      return jsonResponse({
        challenge: Buffer.from(statementDigest(statement), 'hex').toString('base64url'),
        rpId: rp.id,
        userVerification: 'required',
        timeout: 120_000,
        allowCredentials: found.passkeys.map(({ credential }) => ({ id: credential, type: 'public-key' })),
      });
    }
    case 'passkey-make': {
      const challenge = randomBytes(32).toString('base64url');
      session.challenge = { registration: challenge };
      return jsonResponse({
        challenge,
        rp: { id: rp.id, name: found.office },
        user: {
          id: Buffer.from(approver.id, 'hex').toString('base64url'),
          name: approver.name,
          displayName: approver.name,
        },
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        timeout: 120_000,
        attestation: 'none',
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        excludeCredentials: found.passkeys.map(({ credential }) => ({ id: credential, type: 'public-key' })),
      });
    }
    case 'passkey-keep': {
      const { challenge } = session;
      if (!challenge || !('registration' in challenge)) return jsonResponse({}, 403);
      delete session.challenge;
      const fingerprint = await found.offerPasskey(form.get('response') ?? '', challenge.registration, rp);
      return fingerprint === undefined ? jsonResponse({}, 422) : jsonResponse({ fingerprint });
    }
    default:
      return jsonResponse({}, 404);
  }
}

/** What the browser hands over of a passkey's signature; undefined for anything else. */
export function readAssertion(text: string): Assertion | undefined {
  try {
    const { id, response } = JSON.parse(text);
    const parts = [id, response.authenticatorData, response.clientDataJSON, response.signature];
    if (!parts.every((part) => typeof part === 'string' && /^[A-Za-z0-9_-]{1,4096}$/.test(part)))
      return undefined;
    const [credential, authenticatorData, clientData, signature] = parts;
    return { credential, authenticatorData, clientData, signature };
  } catch {
    return undefined;
  }
}
