import type { NonEmptyArray } from "type-graphql";
import { CatalogAdministrationMutations } from "./administration/catalog.js";
import { MilestoneAdministrationMutations } from "./administration/milestones.js";
import { PathwaysAdministrationMutations } from "./administration/pathways.js";
import {
  AssessmentResultEdges, QuizAnswerEdges, QuizAttemptEdges, QuizAttemptMutations,
} from "./assessment/attempt.js";
import { QuizMutations } from "./assessment/authoring.js";
import { CourseQuizEdges, ModuleQuizEdges } from "./assessment/on-catalog.js";
import { UserAssessmentEdges } from "./assessment/on-identity.js";
import { QuestionStatisticsEdges, QuizItemAnalysisEdges, QuizQuestionEdges } from "./assessment/question.js";
import { QuizEdges, QuizQueries } from "./assessment/quiz.js";
import { AuditQueries } from "./audit.js";
import { CourseMutations } from "./authoring/courses.js";
import { ModuleMutations } from "./authoring/modules.js";
import { TopicMutations } from "./authoring/topics.js";
import { CourseVersionEdges, ModuleEdges, TopicEdges } from "./catalog/content.js";
import { CourseEdges, CourseOutlineEdges, CourseQueries } from "./catalog/course.js";
import { NsqfLevelEdges, NsqfLevelQueries } from "./catalog/level.js";
import { AssessmentResultCatalogEdges, QuizCatalogEdges, QuizQuestionCatalogEdges } from "./catalog/on-assessment.js";
import { UserCatalogEdges } from "./catalog/on-identity.js";
import { JobCatalogEdges } from "./catalog/on-jobs.js";
import { LearnerGoalCatalogEdges, SkillProficiencyCatalogEdges } from "./catalog/on-learner.js";
import { JobRoleSkillCatalogEdges, PathMilestoneCatalogEdges } from "./catalog/on-pathways.js";
import {
  ContentProgressCatalogEdges, EnrollmentCatalogEdges, IncompleteReasonCatalogEdges, SkillMasteryCatalogEdges,
} from "./catalog/on-progress.js";
import { SourceFileCatalogEdges } from "./catalog/on-source-files.js";
import { ProviderEdges, ProviderQueries } from "./catalog/provider.js";
import { CourseSkillEdges, SkillEdges, SkillQueries } from "./catalog/skill.js";
import { GenerationMutations } from "./generation.js";
import { AccountMutations, AdministrationMutations, ContactMutations, SessionMutations } from "./identity/mutations.js";
import { AssessmentResultUserEdges, QuizAttemptUserEdges } from "./identity/on-assessment.js";
import { AuditLogUserEdges } from "./identity/on-audit.js";
import { CourseUserEdges, CourseVersionUserEdges } from "./identity/on-catalog.js";
import { JobUserEdges } from "./identity/on-jobs.js";
import {
  CertificationUserEdges, CompleteOnboardingUserEdges, EducationRecordUserEdges, LearnerGoalUserEdges,
  LearnerInterestUserEdges, LearnerProfileUserEdges, PsychographicsUserEdges, SkillProficiencyUserEdges,
} from "./identity/on-learner.js";
import { PointsTransactionUserEdges, UserPointsUserEdges } from "./identity/on-points.js";
import {
  ContentProgressUserEdges, EnrollmentUserEdges, LearnerCareerPathUserEdges, MilestoneCompletionUserEdges,
  ProgressMetricUserEdges, SkillMasteryUserEdges,
} from "./identity/on-progress.js";
import { SourceFileUserEdges } from "./identity/on-source-files.js";
import { StreakUserEdges } from "./identity/on-streaks.js";
import { AuthSessionEdges, UserEdges, UserPreferencesEdges, UserQueries } from "./identity/user.js";
import { JobEdges, JobMutations, JobQueries, SourceFileJobEdges, UserJobEdges } from "./jobs.js";
import { CertificationMutations } from "./learner/certifications.js";
import { EducationMutations } from "./learner/education.js";
import { GoalMutations } from "./learner/goals.js";
import { InterestMutations } from "./learner/interests.js";
import { UserLearnerEdges } from "./learner/on-identity.js";
import { CompleteOnboardingEdges, LearnerProfileEdges, LearnerProfileMutations } from "./learner/profile.js";
import { SkillProficiencyMutations } from "./learner/skills.js";
import { NodeQueries } from "./nodes.js";
import { CareerPathEdges, CareerPathQueries, PathMilestoneEdges } from "./pathways/career-path.js";
import { JobRoleEdges, JobRoleQueries, JobRoleSkillEdges } from "./pathways/job-role.js";
import { CoursePathwaysEdges, ProviderPathwaysEdges, SkillPathwaysEdges } from "./pathways/on-catalog.js";
import { LearnerGoalPathwaysEdges } from "./pathways/on-learner.js";
import { LearnerCareerPathPathwaysEdges, MilestoneCompletionPathwaysEdges } from "./pathways/on-progress.js";
import { PointsTransactionEdges, UserBalanceEdges, UserPointsEdges } from "./points.js";
import { CareerPathMutations, LearnerCareerPathEdges, MilestoneCompletionEdges } from "./progress/career-path.js";
import { ContentProgressMutations } from "./progress/content.js";
import { EnrollmentEdges, EnrollmentMutations } from "./progress/enrollment.js";
import {
  CourseProgressEdges, ModuleProgressEdges, SkillProgressEdges, TopicProgressEdges,
} from "./progress/on-catalog.js";
import { UserProgressEdges } from "./progress/on-identity.js";
import { CareerPathProgressEdges, PathMilestoneProgressEdges } from "./progress/on-pathways.js";
import {
  CourseSourceFileEdges, JobSourceFileEdges, SourceFileEdges, SourceFileMutations, UserSourceFileEdges,
} from "./source-files.js";
import { StreakMilestoneEdges, StreakMilestoneQueries, StreakMilestoneReachedEdges } from "./streaks/milestone.js";
import { StreakMutations } from "./streaks/mutations.js";
import { UserStreakEdges } from "./streaks/on-identity.js";
import { NextStreakMilestoneEdges, StreakActivityEdges, StreakEdges, StreakFreezeEdges } from "./streaks/streak.js";
import {
  EnrollmentUpdateEdges, JobSubscriptions, JobUpdateEdges, LearnerSubscriptions, MyJobsUpdateEdges, StreakUpdateEdges,
} from "./subscriptions.js";

/**
 * The graph: every resolver class. Files are named as in `schema/`. An edge from a type A to a type B stands with the
 * domain of B, in `on-<domain of A>.ts` where that is another one: `Enrollment.course` in `catalog/on-progress.ts`.
 */
export const resolvers: NonEmptyArray<Function> = [
  NodeQueries,
  AuditQueries,

  CatalogAdministrationMutations, PathwaysAdministrationMutations, MilestoneAdministrationMutations,

  CourseQueries, CourseEdges, CourseOutlineEdges, ModuleEdges, TopicEdges, CourseVersionEdges,
  SkillQueries, SkillEdges, CourseSkillEdges, ProviderQueries, ProviderEdges, NsqfLevelQueries, NsqfLevelEdges,
  UserCatalogEdges, JobCatalogEdges, SkillProficiencyCatalogEdges, LearnerGoalCatalogEdges,
  JobRoleSkillCatalogEdges, PathMilestoneCatalogEdges,
  EnrollmentCatalogEdges, ContentProgressCatalogEdges, IncompleteReasonCatalogEdges, SkillMasteryCatalogEdges,

  CourseMutations, ModuleMutations, TopicMutations,

  UserQueries, UserEdges, UserPreferencesEdges, AuthSessionEdges,
  SessionMutations, AccountMutations, ContactMutations, AdministrationMutations,
  AuditLogUserEdges, CourseUserEdges, CourseVersionUserEdges, JobUserEdges, StreakUserEdges,
  LearnerProfileUserEdges, EducationRecordUserEdges, SkillProficiencyUserEdges, LearnerGoalUserEdges,
  LearnerInterestUserEdges, CertificationUserEdges, PsychographicsUserEdges, CompleteOnboardingUserEdges,
  EnrollmentUserEdges, ContentProgressUserEdges, LearnerCareerPathUserEdges, MilestoneCompletionUserEdges,
  SkillMasteryUserEdges, ProgressMetricUserEdges, UserPointsUserEdges, PointsTransactionUserEdges,

  GenerationMutations, JobQueries, JobMutations, JobEdges, UserJobEdges,

  SourceFileMutations, SourceFileEdges, CourseSourceFileEdges, JobSourceFileEdges, UserSourceFileEdges,
  SourceFileCatalogEdges, SourceFileJobEdges, SourceFileUserEdges,

  LearnerProfileEdges, LearnerProfileMutations, CompleteOnboardingEdges, UserLearnerEdges,
  EducationMutations, CertificationMutations, GoalMutations, InterestMutations, SkillProficiencyMutations,

  CareerPathQueries, CareerPathEdges, PathMilestoneEdges, JobRoleQueries, JobRoleEdges, JobRoleSkillEdges,
  CoursePathwaysEdges, ProviderPathwaysEdges, SkillPathwaysEdges, LearnerGoalPathwaysEdges,
  LearnerCareerPathPathwaysEdges, MilestoneCompletionPathwaysEdges,

  UserBalanceEdges, UserPointsEdges, PointsTransactionEdges,

  EnrollmentEdges, EnrollmentMutations, ContentProgressMutations,
  LearnerCareerPathEdges, MilestoneCompletionEdges, CareerPathMutations,
  UserProgressEdges, CourseProgressEdges, ModuleProgressEdges, TopicProgressEdges, SkillProgressEdges,
  CareerPathProgressEdges, PathMilestoneProgressEdges,

  StreakEdges, NextStreakMilestoneEdges, StreakActivityEdges, StreakFreezeEdges, StreakMutations, UserStreakEdges,
  StreakMilestoneQueries, StreakMilestoneEdges, StreakMilestoneReachedEdges,

  QuizQueries, QuizEdges, QuizQuestionEdges, QuizItemAnalysisEdges, QuestionStatisticsEdges,
  QuizAttemptEdges, QuizAnswerEdges, QuizAttemptMutations, AssessmentResultEdges, QuizMutations,
  CourseQuizEdges, ModuleQuizEdges, UserAssessmentEdges,
  QuizCatalogEdges, QuizQuestionCatalogEdges, AssessmentResultCatalogEdges, QuizAttemptUserEdges, AssessmentResultUserEdges,

  JobSubscriptions, JobUpdateEdges, MyJobsUpdateEdges,
  LearnerSubscriptions, StreakUpdateEdges, EnrollmentUpdateEdges,
];
