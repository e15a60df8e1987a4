import { createHmac } from "node:crypto";
import { jwtSecret } from "../settings.js";
import { idOf } from "./ids.js";

const lifetimeSeconds = 6 * 3600;
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const known = new Map<number, string>();

/** The access token of a learner by number, as the product would issue it but valid for a whole run. */
export function tokenOf(learner: number): string {
  const found = known.get(learner);
  if (found) return found;
  const now = Math.floor(Date.now() / 1000);
  const claims = { sid: idOf("session", learner), sub: idOf("user", learner), iss: "disha", aud: "disha-api", iat: now, exp: now + lifetimeSeconds };
  const signed = `${encoded({ alg: "HS256", typ: "at+jwt" })}.${encoded(claims)}`;
  const token = `${signed}.${createHmac("sha256", jwtSecret).update(signed).digest("base64url")}`;
  known.set(learner, token);
  return token;
}
