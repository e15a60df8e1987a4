import { Unauthenticated } from "../graphql/errors.js";
import type { Tokens } from "./tokens.js";
import { anonymous, type Viewer } from "./viewer.js";

export interface Origin {
  ip: string | null;
  userAgent: string | null;
}

/**
 * The viewer behind an Authorization header; anonymous without one.
 * @throws {Unauthenticated} when a token is given that is not valid.
 */
export async function authenticate(tokens: Tokens, authorization: string | undefined, origin: Origin): Promise<Viewer> {
  if (!authorization) return anonymous(origin);
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  const claims = token ? await tokens.verify(token) : null;
  if (!claims) throw new Unauthenticated("The access token is not valid or has ended.");
  return { id: claims.userId, role: claims.role, sessionId: claims.sessionId, expiresAt: claims.expiresAt, ...origin };
}
