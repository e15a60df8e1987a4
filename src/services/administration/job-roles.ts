import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { jobRoles } from "../../db/tables/index.js";
import { demandLevels, salaryPeriods } from "../../db/value-sets.js";
import { reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import type { Keyed } from "../idempotency.js";
import { checkWithStored, clearable, line, whole } from "../input.js";
import { given } from "../learner/rows.js";
import { nameOf, notClearable } from "../learner/rules.js";
import { slug, slugOf } from "../slugs.js";
import { administer, administerOnce, changeOf, checkChange, written } from "./changes.js";
import { slugProblems } from "./providers.js";

export type JobRoleRow = typeof jobRoles.$inferSelect;

/** In hundredths of the currency: up to ten thousand million rupees. */
const salary = whole(0, 1_000_000_000_000);
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
const currency = z.string().refine((code) => currencies.has(code), "This must be a currency of ISO 4217, such as INR.");

const fields = z.object({
  title: nameOf(255),
  slug: slug.nullish(),
  description: clearable(line(5000)),
  typicalSalaryRange: clearable(line(255)),
  salaryMinMinor: clearable(salary),
  salaryMaxMinor: clearable(salary),
  salaryCurrency: currency.nullish(),
  salaryPeriod: z.enum(salaryPeriods).nullish(),
  industry: clearable(line(100)),
  demandLevel: clearable(z.enum(demandLevels)),
});

const changeRules = fields.extend({
  id: nodeId("JobRole"),
  expectedUpdatedAt: z.string(),
  title: notClearable(nameOf(255)),
  slug: notClearable(slug),
  salaryCurrency: notClearable(currency),
  salaryPeriod: notClearable(z.enum(salaryPeriods)),
});

/**
 * Adds a job role. Without a slug it gets one made from its title.
 * @throws {Rejection} TAKEN when another role has the slug; OUT_OF_RANGE when the pay ends before it begins.
 */
export const createJobRole = (viewer: SignedIn, db: Database, input: z.input<typeof fields> & Keyed): Promise<JobRoleRow> =>
  administerOnce(viewer, db, "createJobRole", input, async (work) => {
    const { slug: wanted, salaryCurrency, salaryPeriod, ...rest } = await checkWithStored(fields, { ...input }, async (sound) => {
      const { title, slug: chosen } = sound;
      const taken = await slugProblems(work.tx, jobRoles, input.slug == null ? title && slugOf(title) : chosen);
      return [...taken, ...payProblems(sound)];
    });
    const values = { ...rest, slug: wanted ?? slugOf(rest.title), salaryCurrency: salaryCurrency ?? "INR", salaryPeriod: salaryPeriod ?? "year" };
    const row = written(await work.tx.insert(jobRoles).values(values).returning(), "job role");
    await audit(work, { action: "pathways.job_role_created", entityType: "job_role", entityId: row.id, newValues: values });
    return row;
  });

/**
 * Changes a job role.
 * @throws {Rejection} NOT_FOUND; CONFLICT when it changed since; TAKEN; OUT_OF_RANGE as in `createJobRole`.
 */
export const updateJobRole = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<JobRoleRow> =>
  administer(viewer, db, async (work) => {
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "job role",
      find: (id) => lockedJobRole(work.tx, id),
      compare: async (sound, old) => [
        ...(await slugProblems(work.tx, jobRoles, sound.slug, old.id)),
        ...payProblems({ ...old, ...given(sound) }),
      ],
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const next = await work.tx.update(jobRoles).set({ ...change.newValues, updatedAt: later(jobRoles.updatedAt) }).where(eq(jobRoles.id, id)).returning();
    await audit(work, { action: "pathways.job_role_updated", entityType: "job_role", entityId: id, ...change });
    return written(next, "job role");
  });

export async function lockedJobRole(tx: Tx, id: string): Promise<JobRoleRow | undefined> {
  const [row] = await tx.select().from(jobRoles).where(eq(jobRoles.id, id)).for("no key update");
  return row;
}

type Pay = Partial<Pick<JobRoleRow, "salaryMinMinor" | "salaryMaxMinor">>;

const payProblems = ({ salaryMinMinor, salaryMaxMinor }: Pay): readonly Problem[] =>
  salaryMinMinor == null || salaryMaxMinor == null || salaryMinMinor <= salaryMaxMinor
    ? []
    : reject("OUT_OF_RANGE", "salaryMaxMinor", "The greatest pay must not be below the least.").problems;
