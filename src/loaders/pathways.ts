import { eq } from "drizzle-orm";
import { orderBy } from "../db/ordering.js";
import { careerPaths, jobRoles, jobRoleSkills, pathMilestones, pathMilestoneSkills, skills } from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import type { CareerPathWhere, PathMilestoneWhere } from "../schema/pathways/career-path.js";
import type { JobRoleWhere } from "../schema/pathways/job-role.js";
import { shared } from "./factory.js";
import { careerPathFilter, jobRoleFilter, pathMilestoneFilter } from "./filters/pathways.js";
import { list, listBy, type ListSpec } from "./lists.js";

const jobRoleList: ListSpec<typeof jobRoles, JobRoleWhere> = {
  table: jobRoles,
  // Ids are UUIDv7, so they sort by the time of being added.
  orders: [orderBy("TITLE", [jobRoles.title, jobRoles.id]), orderBy("CREATED_AT", [jobRoles.id])],
  filter: jobRoleFilter,
};

const careerPathList: ListSpec<typeof careerPaths, CareerPathWhere> = {
  table: careerPaths,
  orders: [orderBy("TITLE", [careerPaths.title, careerPaths.id]), orderBy("CREATED_AT", [careerPaths.id])],
  filter: careerPathFilter,
};

const milestoneList: ListSpec<typeof pathMilestones, PathMilestoneWhere> = {
  table: pathMilestones,
  orders: [orderBy("SEQUENCE", [pathMilestones.careerPathId, pathMilestones.sequence])],
  filter: pathMilestoneFilter,
};

export const pathwaysLoaders = {
  jobRoleById: shared.oneBy(jobRoles, "id"),
  jobRoles: list(jobRoleList),
  jobRolesBySkill: listBy(jobRoleList, jobRoleSkills.skillId, {
    table: jobRoleSkills,
    on: eq(jobRoleSkills.jobRoleId, jobRoles.id),
  }),
  skillsByJobRole: shared.manyBy(jobRoleSkills, "jobRoleId", [jobRoleSkills.skillId], { atMost: bounds.jobRoleSkills }),

  careerPathById: shared.oneBy(careerPaths, "id"),
  careerPaths: list(careerPathList),
  careerPathsByJobRole: listBy(careerPathList, careerPaths.jobRoleId),

  pathMilestoneById: shared.oneBy(pathMilestones, "id"),
  milestonesByCareerPath: shared.manyBy(pathMilestones, "careerPathId", [pathMilestones.sequence], { atMost: bounds.pathMilestones }),
  milestonesByCourse: listBy(milestoneList, pathMilestones.courseId),
  milestonesByProvider: listBy(milestoneList, pathMilestones.providerId),
  milestonesBySkill: listBy(milestoneList, pathMilestoneSkills.skillId, {
    table: pathMilestoneSkills,
    on: eq(pathMilestoneSkills.pathMilestoneId, pathMilestones.id),
  }),
  skillsByMilestone: shared.manyBy(skills, pathMilestoneSkills.pathMilestoneId, [skills.name], {
    through: { table: pathMilestoneSkills, on: eq(pathMilestoneSkills.skillId, skills.id) },
    atMost: bounds.milestoneSkills,
  }),
};
