import { and, eq, exists, or, sql, type SQL } from "drizzle-orm";
import { QueryBuilder, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { anyOf } from "../../db/client.js";
import { contains, matches, related, searches, whereOf } from "../../db/filters.js";
import { courses, courseSkills, courseVersions, nsqfLevels, providers, skillAliases, skills, topics } from "../../db/tables/index.js";
import type { CourseVersionWhere, TopicWhere } from "../../schema/catalog/content.js";
import type { CourseWhere } from "../../schema/catalog/course.js";
import type { NsqfLevelWhere } from "../../schema/catalog/level.js";
import type { ProviderWhere } from "../../schema/catalog/provider.js";
import type { SkillWhere } from "../../schema/catalog/skill.js";

/** A row of `table` ties the listed row, by `tie`, to one whose key is among the wanted. */
export const tiedBy =
  (table: PgTable, tie: SQL, key: PgColumn) =>
  (keys: string[]): SQL =>
    exists(new QueryBuilder().select({ one: sql`1` }).from(table).where(and(tie, anyOf(key, keys, "uuid"))));

export const nsqfLevelFilter = whereOf<NsqfLevelWhere>({
  level: matches(nsqfLevels.level),
});

export const providerFilter = whereOf<ProviderWhere>({
  search: searches(providers.name),
  slug: matches(providers.slug),
  region: matches(providers.region),
  isNsqfAligned: matches(providers.isNsqfAligned),
});

const nameOrAlias = (text: string): SQL | undefined => {
  const alias = searches(skillAliases.alias)(text);
  if (!alias) return undefined;
  const spelled = new QueryBuilder()
    .select({ one: sql`1` })
    .from(skillAliases)
    .where(and(eq(skillAliases.skillId, skills.id), alias));
  return or(searches(skills.name)(text), exists(spelled));
};

export const skillFilter = whereOf<SkillWhere>({
  search: nameOrAlias,
  category: matches(skills.category),
  keyword: contains(skills.keywords),
});

export const courseFilter = whereOf<CourseWhere>({
  search: searches(courses.title),
  courseId: matches(courses.courseId),
  courseNumber: matches(courses.courseNumber),
  status: matches(courses.status),
  nsqfLevel: matches(courses.nsqfLevel),
  credits: matches(courses.credits),
  notionalHours: matches(courses.notionalHours),
  durationMonths: matches(courses.durationMonths),
  language: matches(courses.language),
  region: matches(courses.region),
  keyword: contains(courses.keywords),
  createdAt: matches(courses.createdAt),
  provider: related("Provider", (ids) => anyOf(courses.providerId, ids, "uuid")),
  skill: related("Skill", tiedBy(courseSkills, eq(courseSkills.courseId, courses.id), courseSkills.skillId)),
});

export const topicFilter = whereOf<TopicWhere>({
  module: related("Module", (ids) => anyOf(topics.moduleId, ids, "uuid")),
  estimatedMinutes: matches(topics.estimatedMinutes),
});

export const courseVersionFilter = whereOf<CourseVersionWhere>({
  version: matches(courseVersions.version),
});
