import type { NonEmptyArray } from "type-graphql";
import { AuditQueries } from "./audit.js";
import {
  CatalogQueries, JobRoleSkillCatalogEdges, NsqfLevelEdges, PathMilestoneCatalogEdges, ProviderEdges, SkillEdges,
} from "./catalog.js";
import { CourseVersionEdges, ModuleEdges, TopicEdges } from "./catalog-content.js";
import { CourseEdges, CourseOutlineEdges, CourseSkillEdges, UserCatalogEdges } from "./catalog-courses.js";
import { JobCatalogEdges } from "./catalog-jobs.js";
import { LearnerGoalCatalogEdges, SkillProficiencyCatalogEdges } from "./catalog-learner.js";
import {
  ContentProgressCatalogEdges, EnrollmentCatalogEdges, IncompleteReasonCatalogEdges, SkillMasteryCatalogEdges,
} from "./catalog-progress.js";
import { AuditLogPeople, AuthSessionEdges, IdentityQueries, UserEdges, UserPreferencesEdges } from "./identity.js";
import { AccountMutations, AdministrationMutations, ContactMutations, SessionMutations } from "./identity-mutations.js";
import {
  CertificationUserEdges, CompleteOnboardingPayloadIdentityEdges, EducationRecordUserEdges, LearnerGoalUserEdges,
  LearnerInterestUserEdges, LearnerProfileUserEdges, PsychographicsUserEdges, SkillProficiencyUserEdges,
} from "./identity-learner.js";
import { JobUserEdges } from "./identity-jobs.js";
import {
  ContentProgressUserEdges, EnrollmentUserEdges, LearnerCareerPathUserEdges, MilestoneCompletionUserEdges,
  PointsTransactionUserEdges, ProgressMetricUserEdges, SkillMasteryUserEdges, UserPointsUserEdges,
} from "./identity-progress.js";
import { JobMutations, JobQueries, JobSteps, UserJobs } from "./jobs.js";
import { LearnerProfileEdges, UserLearnerEdges } from "./learner.js";
import { CompleteOnboardingResults, LearnerProfileMutations } from "./learner-profile.js";
import { LearnerRecordMutations } from "./learner-records.js";
import { LearnerWishMutations } from "./learner-wishes.js";
import { NodeQueries } from "./nodes.js";
import {
  CareerPathEdges, CoursePathwaysEdges, JobRoleEdges, JobRoleSkillEdges, PathMilestoneEdges, PathwaysQueries,
  ProviderPathwaysEdges, SkillPathwaysEdges,
} from "./pathways.js";
import { LearnerGoalPathwaysEdges } from "./pathways-learner.js";
import { LearnerCareerPathPathwaysEdges, MilestoneCompletionPathwaysEdges } from "./pathways-progress.js";
import { PointsTransactionEdges, UserPointsEdge, UserPointsEdges } from "./points.js";
import { EnrollmentEdges, LearnerCareerPathEdges, MilestoneCompletionEdges } from "./progress.js";
import {
  CareerPathProgressEdges, CourseProgressEdges, ModuleProgressEdges, PathMilestoneProgressEdges, SkillProgressEdges,
  TopicProgressEdges, UserProgressEdges,
} from "./progress-edges.js";
import { CareerPathMutations, EnrollmentMutations } from "./progress-mutations.js";
import {
  EnrollmentUpdateEdges, JobSubscriptions, JobUpdateEdges, LearnerSubscriptions, MyJobsUpdateEdges, StreakUpdateEdges,
} from "./subscriptions.js";
import {
  NextStreakMilestoneEdges, StreakActivityEdges, StreakEdges, StreakFreezeEdges, StreakMilestoneEdges,
  StreakMilestoneReachedEdges, StreakQueries, UserStreakEdges,
} from "./streaks.js";
import { StreakMutations } from "./streaks-mutations.js";

/** The graph: every resolver class, by domain. */
export const resolvers: NonEmptyArray<Function> = [
  NodeQueries,
  AuditQueries, AuditLogPeople,
  IdentityQueries, UserEdges, UserPreferencesEdges, AuthSessionEdges,
  SessionMutations, AccountMutations, ContactMutations, AdministrationMutations,
  CatalogQueries, NsqfLevelEdges, ProviderEdges, SkillEdges, CourseEdges, CourseOutlineEdges, CourseSkillEdges,
  ModuleEdges, TopicEdges, CourseVersionEdges, JobRoleSkillCatalogEdges, PathMilestoneCatalogEdges, UserCatalogEdges,
  PathwaysQueries, JobRoleEdges, JobRoleSkillEdges, CareerPathEdges, PathMilestoneEdges,
  SkillPathwaysEdges, CoursePathwaysEdges, ProviderPathwaysEdges,
  UserLearnerEdges, LearnerProfileEdges, LearnerProfileMutations, LearnerRecordMutations, LearnerWishMutations,
  CompleteOnboardingResults, LearnerProfileUserEdges, EducationRecordUserEdges, SkillProficiencyUserEdges,
  LearnerGoalUserEdges, LearnerInterestUserEdges, CertificationUserEdges, PsychographicsUserEdges,
  CompleteOnboardingPayloadIdentityEdges, SkillProficiencyCatalogEdges, LearnerGoalCatalogEdges, LearnerGoalPathwaysEdges,
  EnrollmentMutations, CareerPathMutations, EnrollmentEdges, LearnerCareerPathEdges, MilestoneCompletionEdges,
  EnrollmentUserEdges, ContentProgressUserEdges, LearnerCareerPathUserEdges, MilestoneCompletionUserEdges,
  SkillMasteryUserEdges, ProgressMetricUserEdges, EnrollmentCatalogEdges, ContentProgressCatalogEdges,
  IncompleteReasonCatalogEdges, SkillMasteryCatalogEdges, LearnerCareerPathPathwaysEdges, MilestoneCompletionPathwaysEdges,
  UserProgressEdges, CourseProgressEdges, ModuleProgressEdges, TopicProgressEdges, SkillProgressEdges,
  CareerPathProgressEdges, PathMilestoneProgressEdges,
  UserPointsEdge, UserPointsEdges, PointsTransactionEdges, UserPointsUserEdges, PointsTransactionUserEdges,
  JobQueries, JobMutations, JobSteps, JobUserEdges, JobCatalogEdges, UserJobs,
  JobSubscriptions, JobUpdateEdges, MyJobsUpdateEdges, LearnerSubscriptions, StreakUpdateEdges, EnrollmentUpdateEdges,
  StreakQueries, UserStreakEdges, StreakEdges, NextStreakMilestoneEdges, StreakActivityEdges, StreakFreezeEdges,
  StreakMilestoneEdges, StreakMilestoneReachedEdges, StreakMutations,
];
