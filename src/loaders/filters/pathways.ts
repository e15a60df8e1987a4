import { and, eq, exists, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { anyOf } from "../../db/client.js";
import { matches, related, searches, whereOf } from "../../db/filters.js";
import { careerPaths, jobRoles, jobRoleSkills, pathMilestones, pathMilestoneSkills } from "../../db/tables/index.js";
import type { CareerPathWhere, PathMilestoneWhere } from "../../schema/pathways/career-path.js";
import type { JobRoleWhere } from "../../schema/pathways/job-role.js";
import { tiedBy } from "./catalog.js";

export const jobRoleFilter = whereOf<JobRoleWhere>({
  search: searches(jobRoles.title),
  slug: matches(jobRoles.slug),
  industry: matches(jobRoles.industry),
  demandLevel: matches(jobRoles.demandLevel),
  salaryMinMinor: matches(jobRoles.salaryMinMinor),
  salaryMaxMinor: matches(jobRoles.salaryMaxMinor),
  skill: related("Skill", tiedBy(jobRoleSkills, eq(jobRoleSkills.jobRoleId, jobRoles.id), jobRoleSkills.skillId)),
});

export const careerPathFilter = whereOf<CareerPathWhere>({
  search: searches(careerPaths.title),
  isTemplate: matches(careerPaths.isTemplate),
  durationMonthsMin: matches(careerPaths.durationMonthsMin),
  durationMonthsMax: matches(careerPaths.durationMonthsMax),
  jobRole: related("JobRole", (ids) => anyOf(careerPaths.jobRoleId, ids, "uuid")),
  skill: related("Skill", (ids) =>
    exists(
      new QueryBuilder()
        .select({ one: sql`1` })
        .from(pathMilestones)
        .innerJoin(pathMilestoneSkills, eq(pathMilestoneSkills.pathMilestoneId, pathMilestones.id))
        .where(and(eq(pathMilestones.careerPathId, careerPaths.id), anyOf(pathMilestoneSkills.skillId, ids, "uuid"))),
    ),
  ),
});

export const pathMilestoneFilter = whereOf<PathMilestoneWhere>({
  type: matches(pathMilestones.type),
  careerPath: related("CareerPath", (ids) => anyOf(pathMilestones.careerPathId, ids, "uuid")),
});
