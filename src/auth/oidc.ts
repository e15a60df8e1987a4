import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { Unavailable } from "../graphql/errors.js";

/** Signatures that the provider alone can make; a shared secret would let anyone who reads it sign. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const timeoutMs = 5_000;
const retryMs = 10_000;

const claimRules = z.object({
  sub: z.string().min(1).max(255),
  exp: z.number(),
  email: z.string().max(254).optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.literal("true").transform(() => true)]).optional().catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
  preferred_username: z.string().max(200).optional().catch(undefined),
});
const discoveryRules = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Who somebody is according to an outside provider. */
export interface OutsideIdentity {
  /** The provider's issuer address. */
  provider: string;
  /** The provider's id of the person; stable, unlike an address. */
  subject: string;
  /** Only when the provider says that it is verified. */
  email: string | null;
  name: string | null;
  username: string | null;
  /** When the token ends, in seconds since 1970. */
  expiresAt: number;
}

export interface Oidc {
  readonly issuer: string;
  /**
   * The person behind a token of the provider; null when the token is not valid.
   * @throws {Unavailable} when the provider's keys cannot be read.
   */
  verify(token: string): Promise<OutsideIdentity | null>;
}

/** Trusts the tokens of one OpenID Connect provider, by the keys that its discovery document names. */
export function createOidc({ issuer, audience }: { issuer: string; audience: string }): Oidc {
  const keys = keysOf(issuer);
  return {
    issuer,
    async verify(token) {
      const key = await keys();
      try {
        const { payload } = await jwtVerify(token, key, { algorithms, issuer, audience, requiredClaims: ["sub", "exp"] });
        const claims = claimRules.parse(payload);
        return {
          provider: issuer,
          subject: claims.sub,
          email: claims.email_verified ? (claims.email ?? null) : null,
          name: claims.name ?? null,
          username: claims.preferred_username ?? null,
          expiresAt: claims.exp,
        };
      } catch (error) {
        if (isOutage(error)) throw unreachable();
        return null;
      }
    },
  };
}

/** Reads the discovery document once, and again after a failure, but not at every request meanwhile. */
function keysOf(issuer: string): () => Promise<JWTVerifyGetKey> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let retryAt = 0;
  return async () => {
    if (!keys) {
      if (Date.now() < retryAt) throw unreachable();
      keys = discover(issuer);
    }
    try {
      return await keys;
    } catch {
      keys = undefined;
      retryAt = Date.now() + retryMs;
      throw unreachable();
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(timeoutMs),
  });
  const document = discoveryRules.parse(await response.json());
  if (document.issuer !== issuer) throw new Error(`The discovery document of ${issuer} names another issuer.`);
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: timeoutMs });
}

/** Trouble with fetching keys, as opposed to a token that does not hold. */
function isOutage(error: unknown): boolean {
  if (error instanceof z.ZodError) return false;
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === "ERR_JOSE_GENERIC";
}

const unreachable = () => new Unavailable("The outside sign-in provider cannot be reached; try again later.");
