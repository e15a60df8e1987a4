import { and, eq, exists, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { anyOf } from "../../db/client.js";
import { matches, related, searches, whereOf } from "../../db/filters.js";
import { courses, courseSkills, providers } from "../../db/tables/index.js";
import type { CourseWhere, ProviderWhere } from "../../schema/catalog.js";

export const providerFilter = whereOf<ProviderWhere>({
  search: searches(providers.name),
  region: matches(providers.region),
  isNsqfAligned: matches(providers.isNsqfAligned),
});

export const courseFilter = whereOf<CourseWhere>({
  search: searches(courses.title),
  nsqfLevel: matches(courses.nsqfLevel),
  language: matches(courses.language),
  provider: related("Provider", (ids) => anyOf(courses.providerId, ids, "uuid")),
  skill: related("Skill", (ids) =>
    exists(
      new QueryBuilder()
        .select({ one: sql`1` })
        .from(courseSkills)
        .where(and(eq(courseSkills.courseId, courses.id), anyOf(courseSkills.skillId, ids, "uuid"))),
    ),
  ),
});
