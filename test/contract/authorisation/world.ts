import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { rowsOf } from "../../../src/db/client.js";
import * as tables from "../../../src/db/tables/index.js";
import { toGlobalId } from "../../../src/graphql/node.js";
import type { Session, TestApp } from "../../support/app.js";
import { tableOf } from "../../support/node-tables.js";
import { secrets, type Person } from "./expected-rows.js";

/** Rows of every type, owned by several people, with no column left empty that could hold something. */
export interface World {
  /** Global ids by label, such as `Course: draft`. */
  ids: ReadonlyMap<string, string>;
  /** Keys of rows in the database, by label. */
  key: (label: string) => string;
  id: (label: string) => string;
  sessions: Readonly<Record<Person, Session | undefined>>;
  /** Sends one operation as a person, and sees to it that no secret of others is in the answer. */
  ask(person: Person, document: string, variables?: object): Promise<Reply>;
}

export interface Reply {
  data: Record<string, unknown> | null | undefined;
  errors: { message: string; path?: (string | number)[]; extensions: { code: string } }[] | undefined;
}

type Row = Record<string, unknown>;
type Insert = (label: string, values: Row) => Promise<string>;

const now = () => new Date().toISOString();
const day = (offset = 0): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Kolkata" }).format(Date.now() + offset * 86_400_000);
/** From 1, Monday. */
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
const nextMonday = (): string => day(7 - ((new Date(`${day()}T00:00:00Z`).getUTCDay() + 6) % 7));

export async function buildWorld(app: TestApp): Promise<World> {
  const { db } = app;
  const ids = new Map<string, string>();
  const keys = new Map<string, string>();
  const note = (label: string, key: string): void => {
    keys.set(label, key);
    ids.set(label, toGlobalId(label.split(":")[0] ?? "", key));
  };
  const key = (label: string): string => found(keys.get(label), label);
  const insert: Insert = async (label, values) => {
    const type = label.split(":")[0] ?? "";
    const [row] = (await db.insert(found(tableOf[type], type)).values(values).returning()) as Row[];
    const made = String(row?.["id"] ?? row?.["level"]);
    note(label, made);
    return made;
  };
  const join = async (table: PgTable, values: Row): Promise<void> => void (await db.insert(table).values(values));

  const sessions = await peopleOf(app, insert, note);
  const asha = key("User: asha");
  await catalogue(insert, join, key);
  await learning(insert, key);
  await aboutAsha(insert, join, asha, key);
  await streakAndPoints(insert, asha, key);
  await operations(insert, key);
  await assessment(insert, key);
  for (const person of ["bina", "tara", "tilak", "admin", "gone"]) note(`Streak: ${person}`, key(`User: ${person}`));

  return {
    ids,
    key,
    id: (label) => found(ids.get(label), label),
    sessions,
    ask: async (person, document, variables) => {
      const { data, errors } = await app.query<Record<string, unknown> | null>(document, variables, sessions[person]);
      const text = JSON.stringify([data, errors]);
      for (const [secret, readers] of Object.entries(secrets)) {
        if (!readers.includes(person) && text.includes(secret)) throw new Error(`${person} was told a ${secret} by ${document}`);
      }
      return { data, errors };
    },
  };
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`The world has no ${name}`);
  return value;
}

async function peopleOf(app: TestApp, insert: Insert, note: (label: string, key: string) => void) {
  const sessions: Record<Person, Session | undefined> = {
    asha: undefined, bina: undefined, tara: undefined, tilak: undefined, admin: undefined, anonymous: undefined,
  };
  const roles = { asha: "student", bina: "student", tara: "teacher", tilak: "teacher", admin: "admin", gone: "student" } as const;
  for (const [name, role] of Object.entries(roles)) {
    const secret = name === "asha" || name === "gone" ? `${name}-secret` : name;
    const userId = await insert(`User: ${name}`, {
      username: name, email: `${secret}@disha.example`, fullName: `Public ${name}`, role, firstName: secret, lastName: secret,
      externalId: secret, profilePictureUrl: `https://disha.example/${name}.png`, lastLoginAt: now(), lastActiveAt: now(),
      ...(name === "gone" && { deletedAt: now(), status: "inactive", fullName: "gone-secret", username: "gone-secret" }),
    });
    if (name === "gone") continue;
    const sessionId = await insert(`AuthSession: ${name}`, {
      userId, familyId: randomUUID(), refreshTokenHash: randomUUID(), userAgent: secret, ipAddress: "192.0.2.1",
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const { token } = await app.services.tokens.issue({ userId, sessionId });
    sessions[name as Person] = { userId, token };
    if (name === "asha") {
      const ended = { userId, familyId: randomUUID(), refreshTokenHash: randomUUID(), userAgent: "removed-secret", revokedAt: now() };
      await insert("AuthSession: ended", { ...ended, expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
    }
  }
  note("NsqfLevel: 4.5", "4.5");
  return sessions;
}

async function catalogue(insert: Insert, join: (table: PgTable, values: Row) => Promise<void>, key: (label: string) => string) {
  await insert("NsqfLevel: 4.5", { level: "4.5", description: "Half-way", typicalEntry: "Class 12" });
  const providerId = await insert("Provider: house", { name: "Skill House", slug: "house", region: "Kerala", websiteUrl: "https://house.example" });
  const skillId = await insert("Skill: wiring", { name: "Wiring", category: "technical", keywords: ["cable"] });
  await join(tables.skillAliases, { alias: "Cabling", skillId });
  const jobRoleId = await insert("JobRole: installer", {
    title: "Installer", slug: "installer", description: "Installs.", typicalSalaryRange: "2 to 3 lakh", salaryMinMinor: 1, salaryMaxMinor: 2,
    industry: "Energy", demandLevel: "high",
  });
  await join(tables.jobRoleSkills, { jobRoleId, skillId });

  const course = (name: string, author: string, status: string, text: string) =>
    insert(`Course: ${name}`, {
      courseId: `C-${name}-${text}`, courseNumber: name.length * 100 + name.charCodeAt(0), title: `Course ${text}`, description: text, nsqfLevel: "4.5",
      credits: "4", notionalHours: 120, durationMonths: 3, region: "Kerala", providerId, createdById: key(`User: ${author}`), status,
      keywords: [text], enrollmentCount: 2, completionRate: "50", metadata: { note: text },
    });
  const open = await course("open", "tara", "active", "open");
  const draft = await course("draft", "tara", "draft", "draft-secret");
  const archived = await course("archived", "tara", "archived", "archived-secret");
  const other = await course("other", "tilak", "active", "other");
  for (const courseId of [open, draft, archived, other]) await join(tables.courseSkills, { courseId, skillId, isPrimary: true });
  for (const prerequisiteId of [draft, archived, other]) await join(tables.coursePrerequisites, { courseId: open, prerequisiteId });
  for (const courseId of [draft, archived]) await join(tables.coursePrerequisites, { courseId, prerequisiteId: open });

  const module = (name: string, courseId: string, text: string, values: Row = {}) =>
    insert(`Module: ${name}`, { courseId, week: 1, title: text, description: text, learningObjectives: [text], orderIndex: 0, ...values });
  const topic = (name: string, moduleId: string, title: string, content: string, values: Row = {}) =>
    insert(`Topic: ${name}`, { moduleId, title, content, orderIndex: 0, estimatedMinutes: 10, ...values });
  const openModule = await module("open", open, "open");
  await topic("open", openModule, "open", "content-secret");
  await topic("next", openModule, "next", "content-secret", { orderIndex: 1 });
  await topic("removed", openModule, "removed-secret", "removed-secret", { archivedAt: now() });
  await topic("draft", await module("draft", draft, "draft-secret"), "draft-secret", "draft-secret");
  await topic("archived", await module("archived", archived, "archived-secret"), "archived-secret", "archived-secret");
  const removed = await module("removed", open, "removed-secret", { week: 2, archivedAt: now() });
  await topic("of removed", removed, "removed-secret", "removed-secret");

  const outline = (title: string) => ({ modules: [{ id: openModule, title, topics: [] }] });
  const version = (name: string, courseId: string, number: number, text: string) =>
    insert(`CourseVersion: ${name}`, { courseId, version: number, outline: outline(text), publishedById: key("User: tara") });
  await version("open 1", open, 1, "before");
  await version("open 2", open, 2, "after");
  await version("draft", draft, 1, "draft-secret");

  const careerPathId = await insert("CareerPath: solar", {
    jobRoleId, title: "Solar", durationMonthsMin: 6, durationMonthsMax: 12, levelStart: "NSQF 3", levelEnd: "NSQF 5",
  });
  const step = (name: string, sequence: number, type: string, values: Row) =>
    insert(`PathMilestone: ${name}`, { careerPathId, sequence, title: name, type, description: name, durationWeeks: 4, providerId, level: "NSQF 4", resources: "Books", nextSteps: ["Go on"], ...values });
  await join(tables.pathMilestoneSkills, { pathMilestoneId: await step("course", 1, "course", { courseId: open }), skillId });
  await step("draft", 2, "course", { courseId: draft });
  await step("job", 3, "job", { salaryInfo: "3 lakh", companies: ["House"] });
  const badgeId = await insert("Badge: first", { code: "first", name: "First", description: "For a start", iconUrl: "https://disha.example/badge.png" });
  await insert("StreakMilestone: 3", { days: 3, title: "Three days", badgeId });
}

async function learning(insert: Insert, key: (label: string) => string) {
  const [asha, bina, gone] = [key("User: asha"), key("User: bina"), key("User: gone")];
  const [open, archived, other] = [key("Course: open"), key("Course: archived"), key("Course: other")];
  const path = await insert("LearnerCareerPath: asha", {
    userId: asha, careerPathId: key("CareerPath: solar"), jobRoleId: key("JobRole: installer"), matchScore: "40", startedAt: now(),
    targetCompletionAt: now(),
  });
  await insert("MilestoneCompletion: asha", {
    userId: asha, pathMilestoneId: key("PathMilestone: course"), learnerCareerPathId: path, status: "in_progress", progressPercent: 50,
  });
  const done = { status: "completed", progressPercent: 100, completedAt: now() };
  const enrollment = (name: string, userId: string, courseId: string, values: Row) =>
    insert(`Enrollment: ${name}`, { userId, courseId, startedAt: now(), ...values });
  await enrollment("asha in open", asha, open, { status: "in_progress", progressPercent: 50, learnerCareerPathId: path });
  await enrollment("asha in archived", asha, archived, done);
  await enrollment("asha dropped other", asha, other, { status: "dropped" });
  await enrollment("bina in other", bina, other, { status: "in_progress" });
  await enrollment("bina dropped archived", bina, archived, { status: "dropped" });
  await enrollment("gone in open", gone, open, { status: "in_progress" });

  const progress = (name: string, userId: string, courseId: string, values: Row) =>
    insert(`ContentProgress: ${name}`, { userId, courseId, status: "in_progress", progressPercent: 50, ...values });
  for (const [course, courseId, values] of [["open", open, {}], ["archived", archived, done]] as const) {
    const moduleId = key(`Module: ${course}`);
    await progress(`asha ${course} course`, asha, courseId, values);
    await progress(`asha ${course} module`, asha, courseId, { moduleId, ...values });
    await progress(`asha ${course} topic`, asha, courseId, { moduleId, topicId: key(`Topic: ${course}`), ...done });
  }
  await progress("asha other course", asha, other, {});
  await progress("bina other course", bina, other, {});
  await insert("SkillMastery: asha", { userId: asha, skillId: key("Skill: wiring"), level: 70, source: "course" });
  await insert("ProgressMetric: asha", {
    userId: asha, metricType: "accuracy", metricValue: 80, metricData: { note: "asha-secret" }, timePeriod: "daily", subjectArea: "asha-secret",
    aggregationType: "avg",
  });
}

async function aboutAsha(insert: Insert, join: (table: PgTable, values: Row) => Promise<void>, userId: string, key: (label: string) => string) {
  const text = "asha-secret";
  await insert("UserContact: mail", { userId, kind: "email", value: `${text}@contact.example`, isPrimary: true, verifiedAt: now() });
  await insert("UserContact: phone", { userId, kind: "phone", value: text, isPrimary: true });
  await join(tables.externalIdentities, { userId, provider: text, subject: text, email: `${text}@outside.example` });
  await insert("UserPreferences: asha", {
    userId, learningStyle: "visual", collaborativeLearning: true, timeCommitmentHoursWeek: "5", timelineMonths: 6, preferredLanguages: ["ml"],
    accessibilityNeeds: { note: text }, contentFormats: ["video"], privacyConsent: true, privacyConsentAt: now(), extra: { note: text },
  });
  const onboardingDraft = {
    collaborativeLearning: true, comfortableSubjects: [text], contact: text, education: "degree", fieldOfStudy: text, fullName: text,
    gamification: true, hasResources: true, interests: [text], learningGoals: [{ goalType: "career", value: text }], learningStyle: "visual",
    learningTypes: [text], motivations: [text], proficiencies: [{ skillName: text, level: 3 }], reminders: true, skills: [text],
    targetIndustries: [text], targetRoles: text, timeCommitment: 5, timeline: 6,
  };
  await insert("LearnerProfile: asha", {
    userId, headline: "Public headline", gender: "female", dateOfBirth: "2001-02-03", nationality: text, addressLine1: text, addressLine2: text,
    city: text, state: text, country: text, region: text, location: text, educationLevel: "degree", fieldOfStudy: text, targetRoles: text,
    targetIndustries: [text], hasResources: true, motivations: [text], comfortableSubjects: [text], onboardingCompletedAt: now(), onboardingDraft,
  });
  await insert("LearnerProfile: bina", { userId: key("User: bina"), headline: "Another headline" });
  const school = { userId, institution: text, qualification: text, specialization: text, startYear: 2019, gpa: "8", achievements: text };
  await insert("EducationRecord: now", { ...school, isCurrent: true });
  await insert("EducationRecord: earlier", { ...school, endYear: 2022 });
  await insert("Certification: asha", {
    userId, name: text, issuingOrg: text, issuedOn: "2024-01-01", expiresOn: "2034-01-01", credentialId: text, credentialUrl: `https://${text}.example`,
  });
  const skillId = key("Skill: wiring");
  await insert("SkillProficiency: asha", { userId, skillId, skillName: text, proficiencyLevel: 3, endorsedBy: text, lastValidatedAt: now() });
  const goal = { goalType: "career", value: text, desiredRole: text, targetSkillsNote: text, careerMotivation: text, targetTimeline: text };
  const goalId = await insert("LearnerGoal: asha", {
    ...goal, userId, desiredJobRoleId: key("JobRole: installer"), targetDate: "2030-01-01", lastReviewedAt: now(),
  });
  await join(tables.goalSkills, { goalId, skillId, userId });
  await insert("LearnerGoal: bina", { userId: key("User: bina"), goalType: "career", value: "A job" });
  await insert("LearnerInterest: asha", { userId, interest: text });
  await insert("Psychographics: asha", {
    userId, learningMotivation: text, learningStyle: "visual", cognitivePattern: text, engagementType: text, gamificationPersona: "explorer",
  });
}

async function assessment(insert: Insert, key: (label: string) => string) {
  const [asha, bina, gone] = [key("User: asha"), key("User: bina"), key("User: gone")];
  const skillId = key("Skill: wiring");
  const quiz = async (name: string, text: string, secret: { question: string; key: string; staff: number | null }, values: Row) => {
    const quizId = await insert(`Quiz: ${name}`, { quizId: `quiz-${text}`, title: text, description: text, timeLimitMinutes: 20, maxAttempts: 3, ...values });
    await insert(`QuizQuestion: ${name}`, {
      quizId, skillId, questionNumber: 1, questionText: secret.question, options: { A: secret.question, B: "no" }, correctAnswer: "A",
      explanation: secret.key, difficulty: "easy", sourcePage: secret.staff, sourceFileId: key("SourceFile: of open"),
    });
  };
  const taught = { question: "content-secret", key: "key-secret", staff: 7 };
  await quiz("open", "open", taught, { courseId: key("Course: open"), moduleId: key("Module: open") });
  await quiz("draft", "draft-secret", { question: "draft-secret", key: "draft-secret", staff: 7 }, { courseId: key("Course: draft"), moduleId: key("Module: draft") });
  await quiz("archived", "archived-secret", { ...taught, key: "staff-secret" }, { courseId: key("Course: archived"), quizType: "course" });
  await quiz("closed", "closed-secret", taught, { courseId: key("Course: open"), quizType: "course", archivedAt: now() });
  await quiz("other", "other", { question: "other-question", key: "other-answer", staff: 7 }, { courseId: key("Course: other"), quizType: "course" });
  await quiz("practice", "practice", { question: "practice", key: "system-secret", staff: 7 }, { quizType: "practice", timeLimitMinutes: null });

  const graded = { score: 100, totalQuestions: 1, correctAnswers: 1, passed: true, submittedAt: now(), timeTakenSeconds: 60, status: "submitted" };
  const attempt = (name: string, userId: string, of: string, values: Row = graded) =>
    insert(`QuizAttempt: ${name}`, { userId, quizId: key(`Quiz: ${of}`), answers: { 1: "A" }, startedAt: now(), ...values });
  const result = (name: string, userId: string, quizAttemptId: string, course: string) =>
    insert(`AssessmentResult: ${name}`, {
      userId, quizAttemptId, courseId: key(`Course: ${course}`), skillId, title: course, score: "100", result: "passed", assessedBy: "teacher",
      assessorId: key("User: tara"), feedback: "Well done",
    });
  await result("asha open", asha, await attempt("asha open", asha, "open"), "open");
  await attempt("asha closed", asha, "closed");
  await result("asha other", asha, await attempt("asha other", asha, "other"), "other");
  await attempt("asha practice", asha, "practice", {});
  await attempt("bina other", bina, "other");
  await result("gone open", gone, await attempt("gone open", gone, "open"), "open");
}

async function streakAndPoints(insert: Insert, userId: string, key: (label: string) => string) {
  await insert("UserPoints: asha", { userId, xpPoints: 10, weeklyPoints: 10, lastEarnedAt: now() });
  await insert("PointsTransaction: asha", {
    userId, amount: 10, balanceAfter: 10, reason: "topic", entityType: "topic", entityId: key("Topic: open"), note: "asha-secret",
    idempotencyKey: "asha",
  });
  await insert("Streak: asha", {
    userId, currentStreak: 1, longestStreak: 4, lastActivityDate: day(-1), streakStartedOn: day(-1), freezesAvailable: 1, restDays: [weekdayOf(day(3))],
    brokenLength: 4, brokenOn: day(-60), settledThrough: day(-1), nextRestDays: [6], restDaysFrom: nextMonday(), version: 1,
  });
  await insert("StreakActivity: asha", { userId, activityDate: day(-1), occurredAt: now(), timezone: "Asia/Kolkata", minutesSpent: 5, pointsEarned: 10 });
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString();
  await insert("StreakFreeze: available", { userId, expiresAt: soon, grantedReason: "asha-secret" });
  await insert("StreakFreeze: used", { userId, status: "used", usedForDate: day(-62), grantedReason: "asha-secret" });
  await insert("StreakMilestoneReached: asha", {
    userId, streakMilestoneId: key("StreakMilestone: 3"), runStartedOn: day(-65), reachedOn: day(-63),
  });
}

async function operations(insert: Insert, key: (label: string) => string) {
  for (const [name, createdById, text] of [["asha", key("User: asha"), "asha-secret"], ["tara", key("User: tara"), "tara"], ["system", null, "system-secret"]] as const) {
    const jobId = await insert(`Job: ${name}`, {
      jobId: `job-${text}`, jobType: "report", status: "failed", progress: 50, message: text, result: { note: text }, error: text, attempts: 1,
      createdById, courseId: key("Course: draft"), startedAt: now(), completedAt: now(),
    });
    await insert(`JobEvent: ${name}`, { jobId, status: "failed", progress: 50, message: text });
  }
  const file = (name: string, owner: string, values: Row) =>
    insert(`SourceFile: ${name}`, {
      fileId: `file-${name}`, uploadedById: key(`User: ${owner}`), jobId: key(`Job: ${owner === "tara" ? "tara" : "system"}`), filename: `${name}.pdf`, filePath: "path-secret",
      fileSizeBytes: 10, fileType: "pdf", checksum: "0".repeat(64), status: "stored", expiresAt: new Date(Date.now() + 86_400_000).toISOString(), ...values,
    });
  await file("of draft", "tara", { courseId: key("Course: draft") });
  await file("of open", "tilak", { courseId: key("Course: open") });
  await file("staged", "tara", { status: "staged" });
  await file("deleted", "tara", { status: "deleted" });
  await insert("AuditLog: asha", {
    userId: key("User: asha"), subjectUserId: key("User: asha"), actorLabel: "system-secret", action: "identity.sign_in", module: "identity",
    entityType: "user", entityId: key("User: asha"), entityKey: "system-secret", oldValues: { note: "system-secret" },
    newValues: { note: "system-secret" }, ipAddress: "192.0.2.1", userAgent: "system-secret", sessionId: "system-secret", isSuccess: false,
    errorMessage: "system-secret",
  });
}

/** Every row of every table as one text each, so that any change shows. */
export async function contentsOf(app: TestApp): Promise<Map<string, string>> {
  const names = await rowsOf<{ name: string }>(app.db, sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'public', 'drizzle') and n.nspname not like 'pg\_%' order by 1`);
  const parts = names.map(({ name }) => sql`select ${name}::text as name, coalesce(string_agg((to_jsonb(t) - 'last_active_at')::text, ',' order by to_jsonb(t)::text), '') as content from ${sql.raw(name)} t`);
  const found = await rowsOf<{ name: string; content: string }>(app.db, sql.join(parts, sql` union all `));
  return new Map(found.map(({ name, content }) => [name, content]));
}
