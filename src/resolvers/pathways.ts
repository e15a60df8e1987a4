/** How `node` finds rows of this domain. */
export const pathwaysNodes = {
  CareerPath: "careerPathById",
  JobRole: "jobRoleById",
  PathMilestone: "pathMilestoneById",
} as const;
