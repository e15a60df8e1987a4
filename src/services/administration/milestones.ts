import { eq } from "drizzle-orm";
import { z } from "zod";
import type { SignedIn } from "../../auth/viewer.js";
import type { Database, Tx } from "../../db/client.js";
import { courses, pathMilestones, providers } from "../../db/tables/index.js";
import { milestoneTypes } from "../../db/value-sets.js";
import { bounds } from "../../graphql/bounds.js";
import { missing, reject, type Problem } from "../../graphql/errors.js";
import { nodeId } from "../../graphql/node.js";
import { audit } from "../audit.js";
import { later } from "../concurrency.js";
import type { Keyed } from "../idempotency.js";
import { checkWithStored, clearable, line, whole } from "../input.js";
import { given } from "../learner/rows.js";
import { nameOf, notClearable, texts } from "../learner/rules.js";
import { lockedCareerPath, touchCareerPath } from "./career-paths.js";
import { administer, administerOnce, changeOf, checkChange, written } from "./changes.js";
import { lockFollowers, onCareerPath, refresh, refreshFollowers } from "./followers.js";
import { milestoneIds, placeMilestones } from "./milestone-places.js";

export type MilestoneRow = typeof pathMilestones.$inferSelect;

const fields = z.object({
  title: nameOf(255),
  type: z.enum(milestoneTypes),
  description: clearable(line(5000)),
  durationWeeks: clearable(whole(0, 520)),
  providerId: clearable(nodeId("Provider")),
  courseId: clearable(nodeId("Course")),
  level: clearable(line(100)),
  resources: clearable(line(5000)),
  nextSteps: clearable(z.array(line(500)).max(20)).transform((steps) => (steps === null ? [] : steps)),
  salaryInfo: clearable(line(255)),
  companies: clearable(texts(255)),
});

const newRules = fields.extend({ careerPathId: nodeId("CareerPath"), sequence: whole(1, bounds.pathMilestones).nullish() });

const changeRules = fields.extend({
  id: nodeId("PathMilestone"),
  expectedUpdatedAt: z.string(),
  title: notClearable(nameOf(255)),
  type: notClearable(z.enum(milestoneTypes)),
});

/**
 * Adds a milestone to a career path, at its end or at a place before. Learners under way have it in front of them;
 * who has completed the path has completed it.
 * @throws {Rejection} NOT_FOUND for path, provider and course; LIMIT_REACHED beyond 12; REQUIRED for the course of a
 * type `course`; INVALID for what other types do not have; CONFLICT for a course that is not active; OUT_OF_RANGE for
 * a place beyond the end.
 */
export const createMilestone = (viewer: SignedIn, db: Database, input: z.input<typeof newRules> & Keyed): Promise<MilestoneRow> =>
  administerOnce(viewer, db, "createMilestone", input, async (work) => {
    const { tx } = work;
    const { sequence, careerPathId, ...values } = await checkWithStored(newRules, { ...input }, async (sound) => [
      ...(await roomProblems(tx, sound.careerPathId, sound.sequence)),
      ...typeProblems(sound),
      ...(await referenceProblems(tx, sound)),
    ]);
    const followers = await lockFollowers(work, onCareerPath(careerPathId));
    const order = await milestoneIds(tx, careerPathId);
    const last = Math.max(0, ...order.map((each) => each.sequence)) + 1;
    const added = written(await tx.insert(pathMilestones).values({ ...values, careerPathId, sequence: last }).returning(), "milestone");
    await placeMilestones(tx, careerPathId, order.map(({ id }) => id).toSpliced((sequence ?? last) - 1, 0, added.id));
    await touchCareerPath(work, careerPathId);
    const row = written(await tx.select().from(pathMilestones).where(eq(pathMilestones.id, added.id)), "milestone");
    await audit(work, {
      action: "pathways.milestone_created",
      entityType: "path_milestone",
      entityId: row.id,
      newValues: { ...values, careerPathId, sequence: row.sequence },
    });
    await refresh(work, followers);
    return row;
  });

/**
 * Changes a milestone. What learners have completed of it stays completed, also with another course.
 * @throws {Rejection} NOT_FOUND for milestone, provider and course; CONFLICT when it changed since; REQUIRED, INVALID
 * and CONFLICT for the course as in `createMilestone`.
 */
export const updateMilestone = (viewer: SignedIn, db: Database, input: z.input<typeof changeRules>): Promise<MilestoneRow> =>
  administer(viewer, db, async (work) => {
    const { tx } = work;
    const { row, values } = await checkChange(changeRules, input, {
      field: "id",
      what: "milestone",
      find: (id) => lockedMilestone(tx, id),
      compare: async (sound, old) => [
        ...typeProblems({ ...old, ...given(sound) }),
        ...(await referenceProblems(tx, changeOf(old, { providerId: sound.providerId, courseId: sound.courseId })?.newValues ?? {})),
      ],
    });
    const { id, expectedUpdatedAt: _, ...changes } = values;
    const change = changeOf(row, changes);
    if (!change) return row;
    const next = await tx.update(pathMilestones).set({ ...change.newValues, updatedAt: later(pathMilestones.updatedAt) }).where(eq(pathMilestones.id, id)).returning();
    await audit(work, { action: "pathways.milestone_updated", entityType: "path_milestone", entityId: id, ...change });
    const { type, courseId } = change.newValues;
    if (type !== undefined || courseId !== undefined) await refreshFollowers(work, onCareerPath(row.careerPathId));
    return written(next, "milestone");
  });

export async function lockedMilestone(tx: Tx, id: string): Promise<MilestoneRow | undefined> {
  const [row] = await tx.select().from(pathMilestones).where(eq(pathMilestones.id, id)).for("no key update");
  return row;
}

type Typed = { [Field in "type" | "courseId" | "salaryInfo" | "companies"]?: MilestoneRow[Field] | undefined };

/** What the type of a milestone asks for and what it rules out, as the table's CHECK does. */
function typeProblems({ type, courseId, salaryInfo, companies }: Typed): readonly Problem[] {
  if (type === undefined) return [];
  const forJobs = (field: string, value: unknown) =>
    type === "job" || value == null ? [] : reject("INVALID", field, "Only a milestone of type JOB has this.").problems;
  const course =
    type === "course" && courseId == null
      ? reject("REQUIRED", "courseId", "A milestone of type COURSE needs its course.").problems
      : type !== "course" && courseId != null
        ? reject("INVALID", "courseId", "Only a milestone of type COURSE has a course.").problems
        : [];
  return [...course, ...forJobs("salaryInfo", salaryInfo), ...forJobs("companies", companies)];
}

type References = { [Field in "providerId" | "courseId"]?: string | null | undefined };

async function referenceProblems(tx: Tx, { providerId, courseId }: References): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  if (providerId != null && (await tx.$count(providers, eq(providers.id, providerId))) === 0) {
    problems.push(...missing("providerId", "provider").problems);
  }
  if (courseId != null) {
    const [course] = await tx.select({ status: courses.status }).from(courses).where(eq(courses.id, courseId));
    if (!course) problems.push(...missing("courseId", "course").problems);
    else if (course.status !== "active") problems.push(...reject("CONFLICT", "courseId", "Learners cannot enrol: the course is not active.").problems);
  }
  return problems;
}

/** Locks the path and looks whether it takes one more milestone, at this place. */
async function roomProblems(tx: Tx, careerPathId: string | undefined, sequence: number | null | undefined): Promise<readonly Problem[]> {
  if (careerPathId === undefined) return [];
  if (!(await lockedCareerPath(tx, careerPathId))) return missing("careerPathId", "career path").problems;
  const { length } = await milestoneIds(tx, careerPathId);
  if (length >= bounds.pathMilestones) {
    return reject("LIMIT_REACHED", "careerPathId", `A career path has at most ${bounds.pathMilestones} milestones.`).problems;
  }
  return (sequence ?? 1) <= length + 1 ? [] : reject("OUT_OF_RANGE", "sequence", `This must be a whole number from 1 to ${length + 1}.`).problems;
}
