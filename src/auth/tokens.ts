import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const accessTokenSeconds = 15 * 60;
const algorithm = "HS256";
const issuer = "disha";
const audience = "disha-api";
const type = "at+jwt";

const claimRules = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() });

export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface Tokens {
  issue(claims: Pick<AccessClaims, "userId" | "sessionId">): Promise<{ token: string; expiresAt: number }>;
  /** The claims of a valid access token of ours, else null. */
  verify(token: string): Promise<AccessClaims | null>;
}

/**
 * Access tokens: HS256 with the given secret, 15 minutes, with fixed algorithm, issuer, audience and type.
 * They name the person and the device; what the person may do is read from the database.
 */
export function createTokens(secret: string): Tokens {
  const key = new TextEncoder().encode(secret);
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
        .sign(key);
      return { token, expiresAt };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], issuer, audience, typ: type });
        const claims = claimRules.parse(payload);
        return { userId: claims.sub, sessionId: claims.sid, expiresAt: claims.exp };
      } catch {
        return null;
      }
    },
  };
}
