import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Public } from "../auth/policy.js";
import type { Context } from "../graphql/context.js";
import { BadInput } from "../graphql/errors.js";
import { Node, parseGlobalId } from "../graphql/node.js";
import type { Loaders } from "../loaders/index.js";

/** Every type that `node` can fetch and the loader that does; loaders leave out what the viewer may not see. */
export const nodeLoaders = {
  AssessmentResult: "resultById",
  AuditLog: "auditLogById",
  AuthSession: "sessionById",
  Badge: "badgeById",
  CareerPath: "careerPathById",
  Certification: "certificationById",
  ContentProgress: "contentProgressById",
  Course: "courseById",
  CourseVersion: "courseVersionById",
  EducationRecord: "educationRecordById",
  Enrollment: "enrollmentById",
  Job: "jobById",
  JobEvent: "jobEventById",
  JobRole: "jobRoleById",
  LearnerCareerPath: "learnerCareerPathById",
  LearnerGoal: "goalById",
  LearnerInterest: "interestById",
  LearnerProfile: "profileById",
  MilestoneCompletion: "milestoneCompletionById",
  Module: "moduleById",
  NsqfLevel: "nsqfLevel",
  PathMilestone: "pathMilestoneById",
  PointsTransaction: "pointsTransactionById",
  ProgressMetric: "progressMetricById",
  Provider: "providerById",
  Psychographics: "psychographicsById",
  Quiz: "quizById",
  QuizAttempt: "attemptById",
  QuizQuestion: "questionById",
  Skill: "skillById",
  SkillMastery: "skillMasteryById",
  SkillProficiency: "skillProficiencyById",
  SourceFile: "sourceFileById",
  Streak: "streakById",
  StreakActivity: "streakActivityById",
  StreakFreeze: "streakFreezeById",
  StreakMilestone: "streakMilestoneById",
  StreakMilestoneReached: "streakMilestoneReachedById",
  Topic: "topicById",
  User: "userById",
  UserContact: "contactById",
  UserPoints: "userPointsById",
  UserPreferences: "preferencesById",
} as const satisfies Record<string, keyof Loaders>;

const maxNodes = 100;
const isNodeType = (type: string): type is keyof typeof nodeLoaders => Object.hasOwn(nodeLoaders, type);

async function load({ loaders }: Context, id: string): Promise<object | null> {
  const parsed = parseGlobalId(id);
  if (!parsed || !isNodeType(parsed.type)) throw new BadInput("id", "This is not a global id.", "INVALID_ID");
  const row = await loaders[nodeLoaders[parsed.type]].load(parsed.key);
  return row && { ...row, __typename: parsed.type };
}

@Resolver()
export class NodeQueries {
  @Public()
  @Query(() => Node, { nullable: true, description: "Anything by its global id; null when missing or not visible to the viewer." })
  node(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() context: Context) {
    return load(context, id);
  }

  @Public()
  @Query(() => [Node], { nullable: "items", description: "Up to 100 things by their global ids, in the same order; null for what is missing, not visible or not an id." })
  nodes(@Arg("ids", () => [ID], { description: "Global ids, at most 100." }) ids: string[], @Ctx() context: Context) {
    if (ids.length > maxNodes) throw new BadInput("ids", `At most ${maxNodes} ids may be given.`);
    return ids.map((id) => load(context, id));
  }
}
