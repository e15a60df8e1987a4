import { and, eq } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database, Tx } from "../db/client.js";
import {
  badges, careerPaths, coursePrerequisites, courses, courseSkills, courseVersions, jobRoles, jobRoleSkills, modules, nsqfLevels,
  pathMilestones, pathMilestoneSkills, providers, quizQuestions, quizzes, skillAliases, skills, streakMilestones, topics,
} from "../db/tables/index.js";
import type { Outline } from "../services/outline.js";
import { lettered } from "../services/assessment/options.js";
import { starterCatalogue } from "./starter/catalogue.js";
import type { StarterCareerPath, StarterMilestone, StarterOutline, StarterQuiz } from "./starter/types.js";

export interface SeedCounts {
  courses: number;
  skills: number;
  providers: number;
  careerPaths: number;
}

/**
 * Writes the starter catalogue, in one transaction. What is already there by its natural key stays
 * as it is, so that seeding again changes nothing and never overwrites an edit.
 * @returns how many rows were added.
 */
export const seedCatalogue = (db: Database): Promise<SeedCounts> =>
  db.transaction(async (tx) => {
    const { nsqfLevels: levels, providers: bodies, skills: known } = starterCatalogue;
    await tx.insert(nsqfLevels).values([...levels]).onConflictDoNothing();
    const newProviders = await tx.insert(providers).values([...bodies]).onConflictDoNothing().returning({ id: providers.id });
    const newSkills = await tx
      .insert(skills)
      .values(known.map(({ name, category, keywords }) => ({ name, category, keywords: [...keywords] })))
      .onConflictDoNothing()
      .returning({ id: skills.id });
    const skillIds = await idsBy(tx, skills, skills.name);
    await tx
      .insert(skillAliases)
      .values(known.flatMap(({ name, aliases }) => aliases.map((alias) => ({ alias, skillId: skillIds(name) }))))
      .onConflictDoNothing();
    const newCourses = await seedCourses(tx, skillIds);
    const newPaths = await seedPathways(tx, skillIds);
    await seedRewards(tx);
    return {
      courses: newCourses,
      skills: newSkills.length,
      providers: newProviders.length,
      careerPaths: newPaths,
    };
  });

type Lookup = (key: string) => string;

async function seedCourses(tx: Tx, skillIds: Lookup): Promise<number> {
  const providerIds = await idsBy(tx, providers, providers.slug);
  const added = await tx
    .insert(courses)
    .values(
      starterCatalogue.courses.map(({ providerSlug, keywords, skills: _skills, prerequisites: _prerequisites, ...course }) => ({
        ...course,
        keywords: [...keywords],
        providerId: providerIds(providerSlug),
      })),
    )
    .onConflictDoNothing()
    .returning({ courseId: courses.courseId });
  const isNew = new Set(added.map(({ courseId }) => courseId));
  const fresh = starterCatalogue.courses.filter(({ courseId }) => isNew.has(courseId));
  if (fresh.length === 0) return 0;
  const courseIds = await idsBy(tx, courses, courses.courseId);
  await tx.insert(courseSkills).values(
    fresh.flatMap((course) =>
      course.skills.map(({ name, isPrimary }) => ({ courseId: courseIds(course.courseId), skillId: skillIds(name), isPrimary })),
    ),
  );
  const required = fresh.flatMap(({ courseId, prerequisites }) =>
    prerequisites.map((other) => ({ courseId: courseIds(courseId), prerequisiteId: courseIds(other) })),
  );
  if (required.length > 0) await tx.insert(coursePrerequisites).values(required);
  for (const outline of starterCatalogue.outlines) {
    if (isNew.has(outline.courseId)) await seedOutline(tx, courseIds(outline.courseId), outline);
  }
  for (const quiz of starterCatalogue.quizzes) {
    if (isNew.has(quiz.courseId)) await seedQuiz(tx, courseIds(quiz.courseId), quiz, skillIds);
  }
  return fresh.length;
}

async function seedOutline(tx: Tx, courseId: string, outline: StarterOutline): Promise<void> {
  const rows = await tx
    .insert(modules)
    .values(
      outline.modules.map(({ topics: _topics, learningObjectives, ...module }, orderIndex) => ({
        ...module,
        learningObjectives: [...learningObjectives],
        orderIndex,
        courseId,
      })),
    )
    .returning({ id: modules.id, week: modules.week, title: modules.title });
  const moduleIds = new Map(rows.map(({ id, week }) => [week, id]));
  const pages = await tx
    .insert(topics)
    .values(
      outline.modules.flatMap((module) =>
        module.topics.map((topic, orderIndex) => ({ ...topic, orderIndex, moduleId: found(moduleIds, module.week) })),
      ),
    )
    .returning({ id: topics.id, title: topics.title, moduleId: topics.moduleId });
  const published: Outline = {
    modules: rows.map(({ id, title }) => ({
      id,
      title,
      topics: pages.filter(({ moduleId }) => moduleId === id).map((page) => ({ id: page.id, title: page.title })),
    })),
  };
  await tx.insert(courseVersions).values({ courseId, version: 1, outline: published });
}

async function seedQuiz(tx: Tx, courseId: string, { week, questions, courseId: _course, ...quiz }: StarterQuiz, skillIds: Lookup): Promise<void> {
  const [module] = week === null ? [] : await tx.select({ id: modules.id }).from(modules).where(and(eq(modules.courseId, courseId), eq(modules.week, week)));
  const quizType = week === null ? ("course" as const) : ("module" as const);
  const [row] = await tx
    .insert(quizzes)
    .values({ ...quiz, courseId, moduleId: module?.id ?? null, quizType })
    .onConflictDoNothing()
    .returning({ id: quizzes.id });
  if (!row) return;
  await tx.insert(quizQuestions).values(
    questions.map(({ text, options, answer, skill, ...question }, at) => ({
      ...question,
      quizId: row.id,
      skillId: skillIds(skill),
      questionNumber: at + 1,
      questionText: text,
      options: lettered(options),
      correctAnswer: answer,
    })),
  );
}

/** Ids by natural key of what career paths refer to. */
interface PathLookups {
  courses: Lookup;
  providers: Lookup;
  skills: Lookup;
}

async function seedPathways(tx: Tx, skillIds: Lookup): Promise<number> {
  const added = await tx
    .insert(jobRoles)
    .values(starterCatalogue.jobRoles.map(({ skills: _skills, ...role }) => role))
    .onConflictDoNothing()
    .returning({ slug: jobRoles.slug });
  const isNew = new Set(added.map(({ slug }) => slug));
  if (isNew.size === 0) return 0;
  const roleIds = await idsBy(tx, jobRoles, jobRoles.slug);
  await tx.insert(jobRoleSkills).values(
    starterCatalogue.jobRoles
      .filter(({ slug }) => isNew.has(slug))
      .flatMap(({ slug, skills: profile }) =>
        profile.map(({ skill, requiredLevel, weight }) => ({ jobRoleId: roleIds(slug), skillId: skillIds(skill), requiredLevel, weight })),
      ),
  );
  const paths = starterCatalogue.careerPaths.filter(({ jobRoleSlug }) => isNew.has(jobRoleSlug));
  const ids = {
    courses: await idsBy(tx, courses, courses.courseId),
    providers: await idsBy(tx, providers, providers.slug),
    skills: skillIds,
  };
  for (const path of paths) await seedPath(tx, roleIds(path.jobRoleSlug), path, ids);
  return paths.length;
}

async function seedPath(tx: Tx, jobRoleId: string, path: StarterCareerPath, ids: PathLookups): Promise<void> {
  const { milestones, jobRoleSlug: _slug, ...values } = path;
  const [row] = await tx.insert(careerPaths).values({ ...values, jobRoleId }).returning({ id: careerPaths.id });
  if (!row) throw new Error(`The career path ${path.title} was not written`);
  const steps = await tx
    .insert(pathMilestones)
    .values(milestones.map((milestone) => ({ ...milestoneValues(milestone, ids), careerPathId: row.id })))
    .returning({ id: pathMilestones.id, sequence: pathMilestones.sequence });
  const stepIds = new Map(steps.map(({ id, sequence }) => [sequence, id]));
  await tx.insert(pathMilestoneSkills).values(
    milestones.flatMap(({ sequence, skills: taught }) =>
      taught.map((skill) => ({ pathMilestoneId: found(stepIds, sequence), skillId: ids.skills(skill) })),
    ),
  );
}

function milestoneValues(milestone: StarterMilestone, ids: PathLookups) {
  const { skills: _skills, providerSlug, ...values } = milestone;
  return {
    ...values,
    nextSteps: [...milestone.nextSteps],
    providerId: providerSlug === null ? null : ids.providers(providerSlug),
    courseId: milestone.type === "course" ? ids.courses(milestone.courseId) : null,
    companies: milestone.type === "job" ? [...milestone.companies] : null,
  };
}

async function seedRewards(tx: Tx): Promise<void> {
  await tx.insert(badges).values([...starterCatalogue.badges]).onConflictDoNothing();
  const badgeIds = await idsBy(tx, badges, badges.code);
  await tx
    .insert(streakMilestones)
    .values(
      starterCatalogue.streakMilestones.map(({ badgeCode, ...milestone }) => ({
        ...milestone,
        badgeId: badgeCode === null ? null : badgeIds(badgeCode),
      })),
    )
    .onConflictDoNothing();
}

/** The ids of a table by a natural key, compared without case as citext does. */
async function idsBy(tx: Tx, table: PgTable & { id: PgColumn }, key: PgColumn): Promise<Lookup> {
  const rows = await tx.select({ id: table.id, key }).from(table);
  const ids = new Map(rows.map((row) => [String(row.key).toLowerCase(), String(row.id)]));
  return (value) => found(ids, value.toLowerCase());
}

function found<Key>(ids: ReadonlyMap<Key, string>, key: Key): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The starter catalogue names ${String(key)}, which is not there`);
  return id;
}
