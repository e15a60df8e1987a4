import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { careerPaths, jobRoles } from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import { missing, reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import type { Keyed } from "../idempotency.js";
import { checkWithStored, clearable, line, whole } from "../input.js";
import { given } from "../learner/rows.js";
import { nameOf, notClearable } from "../learner/rules.js";
import { administer, administerOnce, changeOf, checkChange, written } from "./changes.js";
import { onCareerPath, refreshFollowers } from "./followers.js";

export type CareerPathRow = typeof careerPaths.$inferSelect;

const months = whole(0, 600);

const fields = z.object({
  jobRoleId: nodeId("JobRole"),
  title: nameOf(255),
  durationMonthsMin: clearable(months),
  durationMonthsMax: clearable(months),
  levelStart: clearable(line(100)),
  levelEnd: clearable(line(100)),
  isTemplate: z.boolean().nullish(),
});

const changeRules = fields.extend({
  id: nodeId("CareerPath"),
  expectedUpdatedAt: z.string(),
  jobRoleId: notClearable(nodeId("JobRole")),
  title: notClearable(nameOf(255)),
  isTemplate: notClearable(z.boolean()),
});

/**
 * Adds a career path, without milestones as yet.
 * @throws {Rejection} NOT_FOUND for the role; OUT_OF_RANGE when it takes less at most than at least.
 */
export const createCareerPath = (viewer: SignedIn, db: Database, input: z.input<typeof fields> & Keyed): Promise<CareerPathRow> =>
  administerOnce(viewer, db, "createCareerPath", input, async (work) => {
    const { isTemplate, ...rest } = await checkWithStored(fields, { ...input }, (sound) => pathProblems(work.tx, sound, sound));
    const values = { ...rest, isTemplate: isTemplate ?? true };
    const row = written(await work.tx.insert(careerPaths).values(values).returning(), "career path");
    await audit(work, { action: "pathways.career_path_created", entityType: "career_path", entityId: row.id, newValues: values });
    return row;
  });

/**
 * Changes a career path. With another role, learners under way who chose none of their own are matched to that one.
 * @throws {Rejection} NOT_FOUND for the path and the role; CONFLICT when it changed since; OUT_OF_RANGE as in `createCareerPath`.
 */
export const updateCareerPath = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<CareerPathRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "career path",
      find: (id) => lockedCareerPath(tx, id),
      compare: (sound, old) => pathProblems(tx, sound, { ...old, ...given(sound) }),
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const next = await tx.update(careerPaths).set({ ...change.newValues, updatedAt: later(careerPaths.updatedAt) }).where(eq(careerPaths.id, id)).returning();
    await audit(work, { action: "pathways.career_path_updated", entityType: "career_path", entityId: id, ...change });
    if (change.newValues.jobRoleId !== undefined) await refreshFollowers(work, onCareerPath(id));
    return written(next, "career path");
  });

export async function lockedCareerPath(tx: Tx, id: string): Promise<CareerPathRow | undefined> {
  const [row] = await tx.select().from(careerPaths).where(eq(careerPaths.id, id)).for("no key update");
  return row;
}

/** Marks the path as changed: its milestones are others now, or in another order. */
export const touchCareerPath = async ({ tx }: Work, id: string): Promise<CareerPathRow> =>
  written(await tx.update(careerPaths).set({ updatedAt: later(careerPaths.updatedAt) }).where(eq(careerPaths.id, id)).returning(), "career path");

type Durations = Partial<Pick<CareerPathRow, "durationMonthsMin" | "durationMonthsMax">>;

async function pathProblems(tx: Tx, { jobRoleId }: { jobRoleId?: string }, next: Durations): Promise<readonly Problem[]> {
  const { durationMonthsMin: least, durationMonthsMax: most } = next;
  const known = jobRoleId === undefined || (await tx.$count(jobRoles, eq(jobRoles.id, jobRoleId))) > 0;
  return [
    ...(known ? [] : missing("jobRoleId", "job role").problems),
    ...(least == null || most == null || least <= most
      ? []
      : reject("OUT_OF_RANGE", "durationMonthsMax", "It must not take less at most than at least.").problems),
  ];
}
