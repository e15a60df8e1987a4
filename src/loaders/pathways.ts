import { careerPaths, jobRoles, jobRoleSkills, pathMilestones } from "../db/tables/index.js";
import { manyBy, oneBy } from "./factory.js";

export const pathwaysLoaders = {
  jobRoleById: oneBy(jobRoles, "id"),
  careerPathById: oneBy(careerPaths, "id"),
  pathMilestoneById: oneBy(pathMilestones, "id"),
  milestonesByCareerPath: manyBy(pathMilestones, "careerPathId", [pathMilestones.sequence]),
  skillsByJobRole: manyBy(jobRoleSkills, "jobRoleId", [jobRoleSkills.skillId]),
};
