import type { Assertion } from '../../approval/statement/envelope.ts';
import type { Passkey } from '../../approval/trust.ts';
import type { Digest } from '../../core/digest.ts';
import { askWebAuthn } from './webauthn.ts';

/**
 * Whether a passkey signed a statement's digest, with its owner verified by the device (PIN, finger, face), at
 * the approval desk it was made for. Needs no network (WebAuthn level 3, section 7.2).
 */
export async function isPasskeyGood(
  { credential, authenticatorData, clientData, signature }: Assertion,
  { publicKey, rp, origin }: Pick<Passkey, 'publicKey' | 'rp' | 'origin'>,
  statement: Digest,
): Promise<boolean> {
  try {
    const { verified } = await askWebAuthn((library) =>
      library.verifyAuthenticationResponse({
        response: {
          id: credential,
          rawId: credential,
          type: 'public-key',
          clientExtensionResults: {},
          response: { authenticatorData, clientDataJSON: clientData, signature },
        },
        expectedChallenge: challengeOf(statement),
        expectedOrigin: origin,
        expectedRPID: rp,
        requireUserVerification: true,
        credential: { id: credential, publicKey: Buffer.from(publicKey, 'base64url'), counter: 0 },
      }),
    );
    return verified;
  } catch {
    return false;
  }
}

/** A statement's digest as WebAuthn's challenge: its 32 bytes as base64url. */
const challengeOf = (statement: Digest): string => Buffer.from(statement, 'hex').toString('base64url');
