import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { jobQueue, sourceFiles, users } from "../db/tables/index.js";
import { PageArgs } from "../graphql/connection.js";
import type { Context } from "../graphql/context.js";
import { keyOf } from "../graphql/node.js";
import { User } from "../schema/identity/user.js";
import {
  CancelJobInput, CancelJobPayload, Job, JobConnection, JobEventConnection, JobsArgs, RetryJobInput, RetryJobPayload,
  StartRollupInput, StartRollupPayload,
} from "../schema/jobs.js";
import { SourceFile } from "../schema/source-files.js";
import { cancelJob, retryJob, startRollup } from "../services/jobs.js";

@Resolver()
export class JobQueries {
  @Can("signedIn")
  @Query(() => Job, { nullable: true, description: "One job; null when there is none that the viewer may see." })
  job(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.jobById.load(keyOf("Job", id));
  }

  @Can("signedIn")
  @Query(() => JobConnection, { description: "Jobs that the viewer asked for; all jobs for admins." })
  jobs(@Args(() => JobsArgs) args: JobsArgs, @Ctx() { loaders }: Context) {
    return loaders.jobs.page(args);
  }
}

@Resolver()
export class JobMutations {
  @Can("admin")
  @Mutation(() => StartRollupPayload, { description: "Starts the refresh of enrollment counts, completion rates and match scores." })
  async startRollup(
    @Arg("input", () => StartRollupInput, { description: "How to start it." }) input: StartRollupInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { job: await startRollup(signedIn(viewer), db, input, jobs) };
  }

  @Can("signedIn")
  @Mutation(() => CancelJobPayload, { description: "Cancels a job that has not ended; for its creator and admins." })
  async cancelJob(
    @Arg("input", () => CancelJobInput, { description: "Which job." }) input: CancelJobInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { job: await cancelJob(signedIn(viewer), db, input, jobs) };
  }

  @Can("signedIn")
  @Mutation(() => RetryJobPayload, { description: "Starts a failed or cancelled job again; for its creator and admins." })
  async retryJob(
    @Arg("input", () => RetryJobInput, { description: "Which job." }) input: RetryJobInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { job: await retryJob(signedIn(viewer), db, input, jobs) };
  }
}

@Resolver(() => Job)
export class JobEdges {
  @Can("creator")
  @FieldResolver(() => String, { nullable: true, description: "The code that `error` begins with, such as `NO_TEXT`; null unless it failed." })
  errorCode(@Root() { error }: typeof jobQueue.$inferSelect) {
    return error?.split(":")[0] ?? null;
  }

  @Can("creator")
  @FieldResolver(() => JobEventConnection, { nullable: true, description: "Its steps so far, oldest first." })
  events(@Root() job: typeof jobQueue.$inferSelect, @Args(() => PageArgs) args: PageArgs, @Ctx() { loaders }: Context) {
    return loaders.eventsByJob.page(job.id, args);
  }
}

@Resolver(() => User)
export class UserJobEdges {
  @Can("self")
  @FieldResolver(() => JobConnection, { nullable: true, description: "Jobs that the user asked for." })
  jobs(@Root() user: typeof users.$inferSelect, @Args(() => JobsArgs) args: JobsArgs, @Ctx() { loaders }: Context) {
    return loaders.jobsByCreator.page(user.id, args);
  }
}

@Resolver(() => SourceFile)
export class SourceFileJobEdges {
  @Can("sourceFile")
  @FieldResolver(() => Job, { nullable: true, description: "The job that made, or makes, a course from it; null for those who may not see the job." })
  job(@Root() { jobId }: typeof sourceFiles.$inferSelect, @Ctx() { loaders }: Context) {
    return jobId === null ? null : loaders.jobById.load(jobId);
  }
}
