import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { learnerCareerPaths, milestoneCompletions } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import {
  CompleteMilestoneInput, CompleteMilestonePayload, LearnerCareerPath, MilestoneCompletion, PauseCareerPathInput,
  PauseCareerPathPayload, ResumeCareerPathInput, ResumeCareerPathPayload, StartCareerPathInput,
  StartCareerPathPayload,
} from "../../schema/progress/career-path.js";
import { EnrollmentConnection, EnrollmentsArgs } from "../../schema/progress/enrollment.js";
import {
  completeMilestone, pauseCareerPath, resumeCareerPath, startCareerPath,
} from "../../services/progress/career-paths.js";

type PathRow = typeof learnerCareerPaths.$inferSelect;
type MilestoneRow = typeof milestoneCompletions.$inferSelect;

@Resolver(() => LearnerCareerPath)
export class LearnerCareerPathEdges {
  @Bound(bounds.pathMilestones)
  @Can("owner")
  @FieldResolver(() => [MilestoneCompletion], { nullable: true, description: "Its milestones in order." })
  milestones(@Root() path: PathRow, @Ctx() { loaders }: Context) {
    return loaders.milestonesByLearnerCareerPath.load(path.id);
  }

  @Can("owner")
  @FieldResolver(() => EnrollmentConnection, { nullable: true, description: "Enrollments made for it." })
  enrollments(@Root() path: PathRow, @Args(() => EnrollmentsArgs) args: EnrollmentsArgs, @Ctx() { loaders }: Context) {
    return loaders.enrollmentsByLearnerCareerPath.page(path.id, args);
  }
}

@Resolver(() => MilestoneCompletion)
export class MilestoneCompletionEdges {
  @Can("owner")
  @FieldResolver(() => LearnerCareerPath, { nullable: true, description: "The path that was taken up." })
  learnerCareerPath(@Root() { learnerCareerPathId }: MilestoneRow, @Ctx() { loaders }: Context) {
    return loaders.learnerCareerPathById.load(learnerCareerPathId);
  }
}

@Resolver()
export class CareerPathMutations {
  @Can("signedIn")
  @Mutation(() => StartCareerPathPayload, { description: "Takes up a career path; courses that the viewer completed earlier count at once." })
  async startCareerPath(
    @Arg("input", () => StartCareerPathInput, { description: "Which path." }) input: StartCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await startCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => PauseCareerPathPayload, { description: "Puts a career path of the viewer to rest." })
  async pauseCareerPath(
    @Arg("input", () => PauseCareerPathInput, { description: "Which path." }) input: PauseCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await pauseCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => ResumeCareerPathPayload, { description: "Takes a paused career path up again; courses completed meanwhile count now." })
  async resumeCareerPath(
    @Arg("input", () => ResumeCareerPathInput, { description: "Which path." }) input: ResumeCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { learnerCareerPath: await resumeCareerPath(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => CompleteMilestonePayload, { description: "Completes a milestone that no course stands for, and with the last one the path." })
  completeMilestone(
    @Arg("input", () => CompleteMilestoneInput, { description: "Which milestone." }) input: CompleteMilestoneInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return completeMilestone(signedIn(viewer), db, input);
  }
}
