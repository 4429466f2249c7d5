import type { Passkey } from '../../approval/trust.ts';
import { askWebAuthn } from './webauthn.ts';

/** What a passkey is made for (WebAuthn level 3, section 7.1). */
export interface RegistrationFacts {
  readonly challenge: string;
  readonly rp: string;
  readonly origin: string;
}

/**
 * The public half of a passkey that a browser has just made; undefined for an answer that does not hold.
 *
 * @param text the browser's answer as JSON
 */
export async function readNewPasskey(
  text: string,
  { challenge, rp, origin }: RegistrationFacts,
): Promise<Pick<Passkey, 'credential' | 'publicKey' | 'rp' | 'origin'> | undefined> {
  try {
    const { verified, registrationInfo } = await askWebAuthn((library) =>
      library.verifyRegistrationResponse({
        response: JSON.parse(text),
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rp,
        requireUserVerification: true,
      }),
    );
    if (!verified) return undefined;
    const { id, publicKey } = registrationInfo.credential;
    return { credential: id, publicKey: Buffer.from(publicKey).toString('base64url'), rp, origin };
  } catch {
    return undefined;
  }
}
