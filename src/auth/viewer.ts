import type { userRoles } from "../db/value-sets.js";
import { Unauthenticated } from "../graphql/errors.js";

export type UserRole = (typeof userRoles)[number];

/** Who is asking, and from where. Always present: an anonymous caller is a viewer without an id. */
export interface Viewer {
  id: string | null;
  role: UserRole | "anonymous";
  /** The signed-in device (`auth_sessions.id`); null for anonymous callers and outside tokens. */
  sessionId: string | null;
  /** When the credential ends, in seconds since 1970; null when there is none. */
  expiresAt: number | null;
  ip: string | null;
  userAgent: string | null;
}

export interface SignedIn extends Viewer {
  id: string;
  role: UserRole;
}

export const anonymous = (origin: Partial<Pick<Viewer, "ip" | "userAgent">> = {}): Viewer => ({
  id: null,
  role: "anonymous",
  sessionId: null,
  expiresAt: null,
  ip: origin.ip ?? null,
  userAgent: origin.userAgent ?? null,
});

export const isSignedIn = (viewer: Viewer): viewer is SignedIn => viewer.id !== null;
export const isAdmin = (viewer: Viewer): boolean => viewer.role === "admin";

/**
 * The viewer as a signed-in person.
 * @throws {Unauthenticated} for anonymous callers.
 */
export function signedIn(viewer: Viewer): SignedIn {
  if (!isSignedIn(viewer)) throw new Unauthenticated();
  return viewer;
}
