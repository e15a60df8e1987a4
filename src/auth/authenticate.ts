import { Unauthenticated } from "../graphql/errors.js";
import type { Oidc, OutsideIdentity } from "./oidc.js";
import type { Tokens } from "./tokens.js";
import { anonymous, isSignedIn, type UserRole, type Viewer } from "./viewer.js";

/** How long an answer of the database about an account is believed: sockets ask twice a minute, and a demotion may take one. */
const believedMs = 20_000;
const maxRemembered = 10_000;

export interface Origin {
  ip: string | null;
  userAgent: string | null;
}

export interface Authenticator {
  /**
   * The viewer behind an Authorization header; anonymous without one.
   * @throws {Unauthenticated} with HTTP status 401 when a token is given that is not, or no longer, valid.
   */
  authenticate(authorization: string | undefined, origin: Origin): Promise<Viewer>;
  /** Would the viewer still be let in, in the same role? For sockets that stay open; cheap to ask often. */
  isStillValid(viewer: Viewer): Promise<boolean>;
  /** Asks the database again about this user at once, after a change that this process made. */
  forget(userId: string): void;
}

export interface AuthenticatorParts {
  tokens: Tokens;
  /** The role of an active account whose session, if one is named, was not revoked; else null. */
  roleOf: (userId: string, sessionId: string | null) => Promise<UserRole | null>;
  /** Tokens of an outside provider, and the account that such a person has here; null when it is closed. */
  outside?: { oidc: Oidc; accountOf(identity: OutsideIdentity, origin: Origin): Promise<string | null> } | undefined;
  /** Milliseconds for which the database's answers are believed; 20,000 unless a test wants less. */
  believedFor?: number;
}

/** Turns credentials into viewers. The token says who it is; the database says whether they still may, and as what. */
export function createAuthenticator({ tokens, roleOf, outside, believedFor = believedMs }: AuthenticatorParts): Authenticator {
  const roles = remember<UserRole | null>(believedFor);
  const accounts = remember<string | null>(believedFor);
  const currentRole = (userId: string, sessionId: string | null) =>
    roles.get(`${userId} ${sessionId ?? ""}`, () => roleOf(userId, sessionId));

  async function holderOf(token: string, origin: Origin): Promise<Pick<Viewer, "sessionId" | "expiresAt"> & { id: string } | null> {
    if (!outside || issuerOf(token) !== outside.oidc.issuer) {
      const claims = await tokens.verify(token);
      return claims && { id: claims.userId, sessionId: claims.sessionId, expiresAt: claims.expiresAt };
    }
    const identity = await outside.oidc.verify(token);
    const id = identity && (await accounts.get(identity.subject, () => outside.accountOf(identity, origin)));
    return identity && id ? { id, sessionId: null, expiresAt: identity.expiresAt } : null;
  }

  return {
    async authenticate(authorization, origin) {
      if (!authorization) return anonymous(origin);
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
      const holder = token ? await holderOf(token, origin) : null;
      const role = holder && (await currentRole(holder.id, holder.sessionId));
      if (!holder || !role) throw new Unauthenticated("The access token is not valid or has ended.", { status: 401 });
      return { ...holder, role, ip: origin.ip, userAgent: origin.userAgent };
    },
    async isStillValid(viewer) {
      if (!isSignedIn(viewer)) return true;
      if (viewer.expiresAt !== null && viewer.expiresAt * 1000 <= Date.now()) return false;
      return (await currentRole(viewer.id, viewer.sessionId)) === viewer.role;
    },
    forget: (userId) => roles.drop((key) => key.startsWith(`${userId} `)),
  };
}

/** The issuer that a token claims, unchecked: it only chooses who checks the token. */
function issuerOf(token: string): unknown {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null && "iss" in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

/** Answers kept for a while, the least recently asked going first when there are too many. */
function remember<Answer>(forMs: number) {
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>();
  return {
    get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      const found = kept.get(key);
      kept.delete(key);
      const entry = found && found.until > Date.now() ? found : { answer: ask(), until: Date.now() + forMs };
      kept.set(key, entry);
      if (entry !== found) {
        entry.answer.catch(() => kept.get(key) === entry && kept.delete(key));
        const [oldest] = kept.keys();
        if (kept.size > maxRemembered && oldest !== undefined) kept.delete(oldest);
      }
      return entry.answer;
    },
    drop(matches: (key: string) => boolean): void {
      for (const key of kept.keys()) if (matches(key)) kept.delete(key);
    },
  };
}
