import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Statement } from '../../approval/statement/statement.ts';
import { sha256 } from '../../core/digest.ts';

/** Somebody who showed the secret of a link. */
export interface Session {
  readonly request: string;
  /** Must come with every POST. */
  readonly token: string;
  /** In the address of previews, which a sandboxed frame asks for without a cookie. */
  readonly preview: string;
  /** What the visitor noted so far, by the address of the page that it is about. */
  readonly notes: Map<string, string>;
  /** What a passkey was asked to sign, or a new one to be made with. */
  challenge?: { readonly statement: Statement } | { readonly registration: string };
}

export interface Sessions {
  /** @returns the session and the cookie that stands for it */
  open(request: string): { readonly session: Session; readonly cookie: string };
  /** Of the cookie header, for this request. */
  find(request: string, cookies: string | undefined): Session | undefined;
  /** The request whose preview has this address. */
  byPreview(preview: string): Session | undefined;
}

const HOURS = 12;
/** Beyond this the oldest go: opening a link once more is no trouble. */
const MOST = 1000;

/** Sessions of one run of the desk, in memory: of a cookie only the hash is kept. */
export function openSessions(now: () => number): Sessions {
  const known = new Map<string, { readonly session: Session; readonly until: number }>();
  const alive = () => [...known.values()].filter(({ until }) => until > now()).map(({ session }) => session);
  const cookieName = (request: string) => `__Host-desk-${request}`;
  return {
    open(request) {
      const secret = randomBytes(32).toString('base64url');
      const session: Session = {
        request,
        token: randomBytes(32).toString('base64url'),
        preview: randomBytes(32).toString('base64url'),
        notes: new Map(),
      };
      for (const old of [...known.keys()].slice(0, Math.max(0, known.size - MOST + 1))) known.delete(old);
      known.set(sha256(secret), { session, until: now() + HOURS * 3_600_000 });
      const attributes = `Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${HOURS * 3600}`;
      return { session, cookie: `${cookieName(request)}=${secret}; ${attributes}` };
    },
    find(request, cookies = '') {
      for (const part of cookies.split(/;\s*/)) {
        const [name, value = ''] = part.split('=');
        if (name !== cookieName(request)) continue;
        const found = known.get(sha256(value));
        if (found && found.until > now() && found.session.request === request) return found.session;
      }
      return undefined;
    },
    byPreview: (preview) => alive().find((session) => isSame(session.preview, preview)),
  };
}

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
