import { eq } from "drizzle-orm";
import { z } from "zod";
import { isAdmin, type SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { certifications } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { once, type Keyed } from "../idempotency.js";
import { check, clearable, line, webAddress } from "../input.js";
import { changed, given, makeRoom, ownRow, removeOwn } from "./rows.js";
import { broken, notClearable, pastDay } from "./rules.js";

type CertificationRow = typeof certifications.$inferSelect;

const fields = z.object({
  name: line(255),
  issuingOrg: clearable(line(255)),
  issuedOn: clearable(pastDay),
  expiresOn: clearable(z.string()),
  credentialId: clearable(line(255)),
  credentialUrl: clearable(webAddress),
});

const newCertification = fields.refine(
  ({ issuedOn, expiresOn }) => issuedOn == null || expiresOn == null || issuedOn <= expiresOn,
  broken("OUT_OF_RANGE", "expiresOn", "A certificate must not expire before it was issued."),
);

/**
 * Adds a certificate to the viewer's profile; it starts as pending.
 * @throws {Rejection} CONFLICT when the profile has no room.
 */
export async function addCertification(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof fields> & Keyed,
): Promise<CertificationRow> {
  const values = check(newCertification, input);
  return once(db, viewer, "addCertification", input, async (work) => {
    await makeRoom(work, viewer.id, certifications, bounds.certifications, "name");
    const [row] = await work.tx.insert(certifications).values({ ...values, userId: viewer.id }).returning();
    if (!row) throw new Error("The certification was not written");
    return row;
  });
}

const changeRules = fields.extend({ id: nodeId("Certification"), name: notClearable(line(255)) });

/**
 * Changes a certificate of the viewer's, which makes it pending again: the old check was of the old text.
 * @throws {Rejection} NOT_FOUND.
 */
export async function updateCertification(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof changeRules>,
): Promise<CertificationRow> {
  const { id, ...changes } = check(changeRules, input);
  return inTransaction(db, viewer, async ({ tx }) => {
    const [old] = await tx.select().from(certifications).where(ownRow(certifications, viewer.id, id)).for("update");
    if (!old) throw missing("id", "certification");
    check(newCertification, { ...old, ...given(changes) });
    const [row] = await tx
      .update(certifications)
      .set({ ...changes, verificationStatus: "pending" })
      .where(ownRow(certifications, viewer.id, id))
      .returning();
    return row ?? old;
  });
}

export const removeCertification = (viewer: SignedIn, db: Database, input: { id: string }): Promise<string> =>
  removeOwn(viewer, db, { table: certifications, type: "Certification", entityType: "certification", what: "certification" }, input);

const verdictRules = z.object({
  id: nodeId("Certification"),
  status: z.enum(["verified", "rejected"], "A check ends with VERIFIED or REJECTED."),
});

/**
 * Records the result of checking a learner's certificate; for admins, audited.
 * @throws {Rejection} NOT_FOUND, also for everyone who is no admin.
 */
export async function verifyCertification(
  viewer: SignedIn,
  db: Database,
  input: { id: string; status: CertificationRow["verificationStatus"] },
): Promise<CertificationRow> {
  const { id, status } = check(verdictRules, input);
  if (!isAdmin(viewer)) throw missing("id", "certification");
  return inTransaction(db, viewer, async (work) => {
    const [old] = await work.tx.select().from(certifications).where(eq(certifications.id, id)).for("update");
    if (!old) throw missing("id", "certification");
    const [row] = await work.tx
      .update(certifications)
      .set(changed({ verificationStatus: status }))
      .where(eq(certifications.id, id))
      .returning();
    await audit(work, {
      action: "learner.certification_verified",
      entityType: "certification",
      entityId: id,
      subjectUserId: old.userId,
      oldValues: { verificationStatus: old.verificationStatus },
      newValues: { verificationStatus: status },
    });
    return row ?? old;
  });
}
