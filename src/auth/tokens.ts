import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const accessTokenSeconds = 15 * 60;
const algorithm = "HS256";
const issuer = "disha";
const audience = "disha-api";
const type = "at+jwt";
/** Tokens whose signature was checked; one for each device that was seen in the last 15 minutes. */
const maxRemembered = 20_000;

const claimRules = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() });

export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface Tokens {
  issue(claims: Pick<AccessClaims, "userId" | "sessionId">): Promise<{ token: string; expiresAt: number }>;
  /** The claims of a valid access token of ours, else null. The signature of a token is checked once. */
  verify(token: string): Promise<AccessClaims | null>;
}

/**
 * Access tokens: HS256 with the given secret, 15 minutes, with fixed algorithm, issuer, audience and type.
 * They name the person and the device; what the person may do is read from the database.
 */
export function createTokens(secret: string): Tokens {
  // Of bytes the library would make a key for every token.
  const key = crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  const verified = new Map<string, AccessClaims>();

  /** What a token said when it was checked, while it lasts; failures are not kept. */
  function remembered(token: string): AccessClaims | undefined {
    const claims = verified.get(token);
    if (!claims) return undefined;
    verified.delete(token);
    if (claims.expiresAt * 1000 <= Date.now()) return undefined;
    verified.set(token, claims);
    return claims;
  }

  function remember(token: string, claims: AccessClaims): AccessClaims {
    verified.set(token, claims);
    const [oldest] = verified.keys();
    if (verified.size > maxRemembered && oldest !== undefined) verified.delete(oldest);
    return claims;
  }

  return {
    async issue({ userId, sessionId }) {
      const expiresAt = Math.floor(Date.now() / 1000) + accessTokenSeconds;
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(await key);
      return { token, expiresAt };
    },
    async verify(token) {
      const known = remembered(token);
      if (known) return known;
      try {
        const { payload } = await jwtVerify(token, await key, { algorithms: [algorithm], issuer, audience, typ: type });
        const claims = claimRules.parse(payload);
        return remember(token, { userId: claims.sub, sessionId: claims.sid, expiresAt: claims.exp });
      } catch {
        return null;
      }
    },
  };
}
