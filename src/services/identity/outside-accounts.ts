import { and, eq, isNull } from "drizzle-orm";
import type { Origin } from "../../auth/authenticate.js";
import type { OutsideIdentity } from "../../auth/oidc.js";
import { anonymous } from "../../auth/viewer.js";
import { lockUntilCommit, type Database, type Tx } from "../../db/client.js";
import { externalIdentities, users } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { violatedKey } from "../../db/violations.js";
import { audit } from "../audit.js";
import { createAccount, freeUsername } from "./accounts.js";
import { email as emailRule } from "./rules.js";

/**
 * The account of somebody whom an outside provider knows, by (provider, subject) alone; made at first
 * sight. An account that has the same e-mail address is never taken over: who owns an address at a
 * provider need not own the account here. The link outlives a deleted account, so that its tokens,
 * which stay valid for a while, cannot open a new one.
 */
export async function outsideAccount(db: Database, identity: OutsideIdentity, origin: Origin): Promise<string> {
  const known = await linked(db, identity);
  if (known) return known;
  try {
    return await link(db, identity, origin);
  } catch (error) {
    if (violatedKey(error) === null) throw error;
    // Somebody took the e-mail address or the username at the same moment; now it shows.
    return link(db, identity, origin);
  }
}

async function linked(db: Database | Tx, { provider, subject }: OutsideIdentity): Promise<string | null> {
  const [found] = await db
    .select({ userId: externalIdentities.userId })
    .from(externalIdentities)
    .where(and(eq(externalIdentities.provider, provider), eq(externalIdentities.subject, subject)));
  return found?.userId ?? null;
}

const link = (db: Database, identity: OutsideIdentity, origin: Origin): Promise<string> =>
  inTransaction(db, anonymous(origin), async (work) => {
    const { tx } = work;
    const { provider, subject, name } = identity;
    const externalId = `${provider}#${subject}`;
    // A client sends its first requests at once: they come one after the other and find one account.
    await lockUntilCommit(tx, externalId);
    const known = await linked(tx, identity);
    if (known) return known;
    const email = await ownEmail(tx, identity);
    const username = await freeUsername(tx, identity.username ?? identity.email ?? name ?? "");
    const user = await createAccount(tx, {
      email,
      externalId,
      username,
      fullName: name ?? username,
      lastLoginAt: new Date().toISOString(),
      lastActiveAt: new Date().toISOString(),
    });
    await tx.insert(externalIdentities).values({ userId: user.id, provider, subject, email: identity.email });
    await audit(work, {
      action: "identity.link_provider",
      entityType: "user",
      entityId: user.id,
      userId: user.id,
      subjectUserId: user.id,
      newValues: { provider, subject, email, username, role: user.role },
    });
    return user.id;
  });

/** The verified address, unless it is unusable or belongs to another account. */
async function ownEmail(tx: Tx, identity: OutsideIdentity): Promise<string | null> {
  const parsed = emailRule.safeParse(identity.email);
  if (!parsed.success) return null;
  const [taken] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, parsed.data), isNull(users.deletedAt)));
  return taken ? null : parsed.data;
}
