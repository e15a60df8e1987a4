import type { NonEmptyArray } from "type-graphql";
import {
  CatalogQueries, JobRoleSkillCatalogEdges, NsqfLevelEdges, PathMilestoneCatalogEdges, ProviderEdges, SkillEdges,
} from "./catalog.js";
import { CourseVersionEdges, ModuleEdges, TopicEdges } from "./catalog-content.js";
import { CourseEdges, CourseOutlineEdges, CourseSkillEdges, UserCatalogEdges } from "./catalog-courses.js";
import { AuthSessionEdges, IdentityQueries, UserEdges, UserPreferencesEdges } from "./identity.js";
import { JobMutations, JobQueries, JobSteps, UserJobs } from "./jobs.js";
import { NodeQueries } from "./nodes.js";
import {
  CareerPathEdges, CoursePathwaysEdges, JobRoleEdges, JobRoleSkillEdges, PathMilestoneEdges, PathwaysQueries,
  ProviderPathwaysEdges, SkillPathwaysEdges,
} from "./pathways.js";

/** The graph: every resolver class, by domain. */
export const resolvers: NonEmptyArray<Function> = [
  NodeQueries,
  IdentityQueries, UserEdges, UserPreferencesEdges, AuthSessionEdges,
  CatalogQueries, NsqfLevelEdges, ProviderEdges, SkillEdges, CourseEdges, CourseOutlineEdges, CourseSkillEdges,
  ModuleEdges, TopicEdges, CourseVersionEdges, JobRoleSkillCatalogEdges, PathMilestoneCatalogEdges, UserCatalogEdges,
  PathwaysQueries, JobRoleEdges, JobRoleSkillEdges, CareerPathEdges, PathMilestoneEdges,
  SkillPathwaysEdges, CoursePathwaysEdges, ProviderPathwaysEdges,
  JobQueries, JobMutations, JobSteps, UserJobs,
];
