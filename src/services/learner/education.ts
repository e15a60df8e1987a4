import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database } from "../../db/client.js";
import { educationRecords } from "../../db/tables/index.js";
import { inTransaction } from "../../db/unit-of-work.js";
import { bounds } from "../../graphql/bounds.js";
import { missing } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { once, type Keyed } from "../idempotency.js";
import { check, clearable, line, whole } from "../input.js";
import { changed, given, makeRoom, ownRow, removeOwn } from "./rows.js";
import { broken, decimal } from "./rules.js";

type EducationRow = typeof educationRecords.$inferSelect;

const fields = z.object({
  institution: clearable(line(255)),
  qualification: clearable(line(255)),
  specialization: clearable(line(255)),
  startYear: clearable(whole(1900, 2155)),
  endYear: clearable(whole(1900, 2155)),
  isCurrent: clearable(z.boolean()).transform((current) => (current === null ? false : current)),
  gpa: clearable(decimal(0, 100)),
  gpaScale: clearable(decimal(0.01, 100)).transform((scale) => (scale === null ? "10" : scale)),
  achievements: clearable(line(2000)),
});

const newRecord = fields
  .refine(
    ({ institution, qualification }) => institution != null || qualification != null,
    broken("REQUIRED", "institution", "An institution or a qualification must be given."),
  )
  .refine(
    ({ startYear, endYear }) => startYear == null || endYear == null || startYear <= endYear,
    broken("OUT_OF_RANGE", "endYear", "The end must not come before the beginning."),
  )
  .refine(
    ({ isCurrent, endYear }) => !isCurrent || endYear == null,
    broken("INVALID", "endYear", "What goes on has no end year."),
  )
  .refine(
    ({ gpa, gpaScale }) => gpa == null || Number(gpa) <= Number(gpaScale ?? "10"),
    broken("OUT_OF_RANGE", "gpa", "The average must not be above its scale."),
  );

/**
 * Adds a record to the viewer's education.
 * @throws {Rejection} CONFLICT when the profile has no room.
 */
export async function addEducationRecord(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof fields> & Keyed,
): Promise<EducationRow> {
  const values = check(newRecord, input);
  return once(db, viewer, "addEducationRecord", input, async (work) => {
    await makeRoom(work, viewer.id, educationRecords, bounds.education, "institution");
    const [row] = await work.tx.insert(educationRecords).values({ ...values, userId: viewer.id }).returning();
    if (!row) throw new Error("The education record was not written");
    return row;
  });
}

/**
 * Changes a record of the viewer's; rules between fields are checked against the whole record.
 * @throws {Rejection} NOT_FOUND.
 */
export async function updateEducationRecord(
  viewer: SignedIn,
  db: Database,
  input: z.input<typeof fields> & { id: string },
): Promise<EducationRow> {
  const { id, ...changes } = check(fields.extend({ id: nodeId("EducationRecord") }), input);
  return inTransaction(db, viewer, async ({ tx }) => {
    const [old] = await tx.select().from(educationRecords).where(ownRow(educationRecords, viewer.id, id)).for("update");
    if (!old) throw missing("id", "education record");
    check(newRecord, { ...old, ...given(changes) });
    const [row] = await tx.update(educationRecords).set(changed(changes)).where(ownRow(educationRecords, viewer.id, id)).returning();
    return row ?? old;
  });
}

export const removeEducationRecord = (viewer: SignedIn, db: Database, input: { id: string }): Promise<string> =>
  removeOwn(viewer, db, { table: educationRecords, type: "EducationRecord", entityType: "education_record", what: "education record" }, input);
