import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { createPasswords } from "../auth/passwords.js";
import { anonymous, type SignedIn } from "../auth/viewer.js";
import type { Database } from "../db/client.js";
import {
  careerPaths, certifications, courses, educationRecords, enrollments, goals, goalSkills, interests, jobRoles,
  learnerCareerPaths, milestoneCompletions, modules, pathMilestones, profiles, psychographics, skillProficiencies,
  skills, topics, userPreferences, users,
} from "../db/tables/index.js";
import { inTransaction } from "../db/unit-of-work.js";
import { toGlobalId } from "../graphql/node.js";
import { rollup } from "../jobs/rollup.js";
import { runNow } from "../jobs/run-now.js";
import { createAccount } from "../services/identity/accounts.js";
import { completeMilestone, startCareerPath } from "../services/progress/career-paths.js";
import { completeEnrollment, enrollInCourse } from "../services/progress/enrollments.js";
import { recordTopicProgress } from "../services/progress/topics.js";
import { recordStreakActivity } from "../services/streaks/service.js";
import { demoPeople } from "./starter/demo.js";
import type { DemoCareerPath, DemoEnrollment, DemoPerson } from "./starter/demo-types.js";

const dayMs = 86_400_000;
const demoPassword = "learn-with-disha";

/** Who can sign in to a fresh embedded database; the README names them too. */
export const demoAccounts = demoPeople
  .filter(({ hasPassword }) => hasPassword)
  .map(({ role, email }) => ({ role: role === "student" ? "learner" : role, email, password: demoPassword }));

/** The demo accounts that a database has; none where the server never made them. */
export async function demoAccountsIn(db: Database): Promise<typeof demoAccounts> {
  const rows = await db.select({ email: users.email }).from(users).where(and(inArray(users.email, demoAccounts.map(({ email }) => email)), isNull(users.deletedAt)));
  const there = new Set(rows.map(({ email }) => email));
  return demoAccounts.filter(({ email }) => there.has(email));
}

/** The documented passwords must not be reachable from other machines. */
export class OpenDemo extends Error {}

const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/**
 * Refuses a HOST beyond loopback while a demo account still has its documented password.
 * @throws {OpenDemo} naming what to change.
 */
export async function refuseOpenDemo(db: Database, host: string): Promise<void> {
  if (loopback.test(host)) return;
  const passwords = createPasswords();
  for (const { email, password } of demoAccounts) {
    const [user] = await db.select({ hash: users.passwordHash }).from(users).where(and(eq(users.email, email), eq(users.isActive, true)));
    if (await passwords.verify(password, user?.hash)) {
      throw new OpenDemo(
        `HOST=${host} would open the demo account ${email}, whose password is public. ` +
          "Change the demo passwords or suspend the accounts first, or set DATABASE_URL to a database without them.",
      );
    }
  }
}

/** Adds the demo people and lets them study through the services, so that their progress is computed, not written. */
export async function seedDemo(db: Database): Promise<void> {
  const passwordHash = await createPasswords().hash(demoPassword);
  const viewers = new Map<string, SignedIn>();
  for (const person of demoPeople) viewers.set(person.username, await join(db, person, person.hasPassword ? passwordHash : null));
  for (const person of demoPeople) {
    const viewer = viewers.get(person.username);
    if (viewer) await study(db, viewer, person);
  }
  const admin = viewers.get("demo_admin");
  await runNow(db, { type: "rollup", createdById: admin?.id ?? null }, rollup, new AbortController().signal);
}

async function join(db: Database, person: DemoPerson, passwordHash: string | null): Promise<SignedIn> {
  const { username, email, fullName, firstName, lastName, role, language, timezone } = person;
  return inTransaction(db, anonymous(), async ({ tx }) => {
    const { id } = await createAccount(tx, { username, email, fullName, firstName, lastName, role, language, timezone, passwordHash });
    if (person.profile) {
      const { targetIndustries, motivations, comfortableSubjects, ...profile } = person.profile;
      await tx
        .update(profiles)
        .set({
          ...profile,
          targetIndustries: [...targetIndustries],
          motivations: [...motivations],
          comfortableSubjects: [...comfortableSubjects],
          onboardingCompletedAt: sql`now()`,
        })
        .where(eq(profiles.userId, id));
    }
    if (person.preferences) {
      const { preferredLanguages, contentFormats, privacyConsent, ...preferences } = person.preferences;
      await tx
        .update(userPreferences)
        .set({
          ...preferences,
          preferredLanguages: [...preferredLanguages],
          contentFormats: [...contentFormats],
          privacyConsent,
          privacyConsentAt: privacyConsent ? sql`now()` : null,
        })
        .where(eq(userPreferences.userId, id));
    }
    const own = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ ...row, userId: id }));
    if (person.psychographics) await tx.insert(psychographics).values({ ...person.psychographics, userId: id });
    if (person.education.length > 0) await tx.insert(educationRecords).values(own(person.education));
    if (person.certifications.length > 0) await tx.insert(certifications).values(own(person.certifications));
    if (person.interests.length > 0) await tx.insert(interests).values(own(person.interests.map((interest) => ({ interest }))));
    for (const skill of person.skills) {
      const [known] = await tx.select({ id: skills.id }).from(skills).where(eq(skills.name, skill.skillName));
      await tx.insert(skillProficiencies).values({ ...skill, skillId: known?.id ?? null, userId: id });
    }
    for (const { skills: wanted, desiredJobRoleSlug, targetDaysAhead, ...goal } of person.goals) {
      const [role] = await tx.select({ id: jobRoles.id }).from(jobRoles).where(eq(jobRoles.slug, desiredJobRoleSlug ?? ""));
      const targetDate = new Date(Date.now() + targetDaysAhead * dayMs).toISOString().slice(0, 10);
      const [row] = await tx
        .insert(goals)
        .values({ ...goal, targetDate, desiredJobRoleId: role?.id ?? null, userId: id })
        .returning({ id: goals.id });
      for (const name of wanted) {
        const [skill] = await tx.select({ id: skills.id }).from(skills).where(eq(skills.name, name));
        if (row && skill) await tx.insert(goalSkills).values({ goalId: row.id, skillId: skill.id, userId: id });
      }
    }
    for (const courseId of person.authoredCourses) {
      await tx.update(courses).set({ createdById: id }).where(eq(courses.courseId, courseId));
    }
    return { ...anonymous(), id, role };
  });
}

async function study(db: Database, viewer: SignedIn, person: DemoPerson): Promise<void> {
  for (const enrollment of person.enrollments) await takeCourse(db, viewer, enrollment);
  for (const path of person.careerPaths) await takePath(db, viewer, path);
  for (const daysAgo of person.activeDaysAgo) {
    const at = Date.now() - daysAgo * dayMs;
    const activity = { userId: viewer.id, kind: "card_reviewed" as const, clientEventId: `demo:${daysAgo}`, minutesSpent: 20 };
    await inTransaction(db, viewer, (work) =>
      recordStreakActivity(work, { ...activity, occurredAt: new Date(at).toISOString() }, at),
    );
  }
}

async function takeCourse(db: Database, viewer: SignedIn, { courseId, source, enrolledDaysAgo, ...done }: DemoEnrollment): Promise<void> {
  const [course] = await db.select({ id: courses.id }).from(courses).where(eq(courses.courseId, courseId));
  if (!course) throw new Error(`The demo names the course ${courseId}, which is not there`);
  const enrollment = await enrollInCourse(viewer, db, { courseId: toGlobalId("Course", course.id), source });
  const outline = await db
    .select({ id: topics.id, minutes: topics.estimatedMinutes })
    .from(topics)
    .innerJoin(modules, eq(modules.id, topics.moduleId))
    .where(eq(modules.courseId, course.id))
    .orderBy(asc(modules.orderIndex), asc(topics.orderIndex));
  const pace = Math.max(1, Math.floor(enrolledDaysAgo / (done.completedTopics + 2)));
  for (const [nth, topic] of outline.slice(0, done.completedTopics).entries()) {
    const at = Date.now() - (enrolledDaysAgo - nth * pace) * dayMs;
    const input = { topicId: toGlobalId("Topic", topic.id), status: "completed" as const, minutesSpent: topic.minutes };
    await recordTopicProgress(viewer, db, input, at);
  }
  if (done.completeWithoutTopics) await completeEnrollment(viewer, db, { enrollmentId: toGlobalId("Enrollment", enrollment.id) });
  const then = sql`now() - make_interval(days => ${enrolledDaysAgo})`;
  const finished = sql`case when completed_at is null then null else now() - make_interval(days => ${Math.floor(enrolledDaysAgo / 3)}) end`;
  await db.update(enrollments).set({ enrolledAt: then, createdAt: then, completedAt: finished }).where(eq(enrollments.id, enrollment.id));
}

async function takePath(db: Database, viewer: SignedIn, { title, startedDaysAgo, targetDaysAhead, completedMilestones }: DemoCareerPath): Promise<void> {
  const [path] = await db.select({ id: careerPaths.id }).from(careerPaths).where(eq(careerPaths.title, title));
  if (!path) throw new Error(`The demo names the career path ${title}, which is not there`);
  const started = await startCareerPath(viewer, db, {
    careerPathId: toGlobalId("CareerPath", path.id),
    targetCompletionAt: new Date(Date.now() + targetDaysAhead * dayMs).toISOString(),
  });
  const steps = await db
    .select({ id: milestoneCompletions.id, sequence: pathMilestones.sequence })
    .from(milestoneCompletions)
    .innerJoin(pathMilestones, eq(pathMilestones.id, milestoneCompletions.pathMilestoneId))
    .where(eq(milestoneCompletions.learnerCareerPathId, started.id));
  for (const { id, sequence } of steps) {
    if (!completedMilestones.includes(sequence)) continue;
    await completeMilestone(viewer, db, { milestoneCompletionId: toGlobalId("MilestoneCompletion", id) });
  }
  const then = sql`now() - make_interval(days => ${startedDaysAgo})`;
  await db.update(learnerCareerPaths).set({ startedAt: then, createdAt: then }).where(eq(learnerCareerPaths.id, started.id));
}
