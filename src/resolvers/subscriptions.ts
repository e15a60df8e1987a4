import { Arg, Args, FieldResolver, ID, Resolver, Root, Subscription } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { enrollments, jobQueue } from "../db/tables/index.js";
import { maxPageSize } from "../graphql/connection.js";
import type { Context } from "../graphql/context.js";
import { BadInput } from "../graphql/errors.js";
import { Bound, bounds } from "../graphql/bounds.js";
import { keyOf } from "../graphql/node.js";
import type { TopicMessage } from "../graphql/topics.js";
import { createLoaders } from "../loaders/index.js";
import { Job } from "../schema/jobs.js";
import { Enrollment } from "../schema/progress/enrollment.js";
import { StreakMilestoneReached } from "../schema/streaks/milestone.js";
import { Streak } from "../schema/streaks/streak.js";
import { EnrollmentUpdate, JobUpdate, MyJobsUpdate, ResumeArgs, StreakUpdate } from "../schema/subscriptions.js";
import type { ReachedRow } from "../services/streaks/rows.js";
import type { ShownStreak } from "../services/streaks/shown.js";

type JobRow = typeof jobQueue.$inferSelect;
type EnrollmentRow = typeof enrollments.$inferSelect;

/** What a subscription's method receives: the message together with its rows. */
type Received<Name extends string, Row> = TopicMessage<Record<Name, Row>>;

/**
 * @throws {BadInput} for a position that can never have been handed out.
 */
function positionOf({ after }: ResumeArgs): number | null {
  if (after == null) return null;
  if (after < 0) throw new BadInput("after", "after must be the seq of an update.");
  return after;
}

/** The update that clients see: kind, place and the rows of the snapshot or of the change. */
const updateOf = <Rows extends object>(message: TopicMessage<Rows>): Rows & { kind: string; seq: number } => ({
  ...(message.kind === "CHANGE" ? (message.payload as Rows) : message.snapshot),
  kind: message.kind.toLowerCase(),
  seq: message.seq,
});

/** Loaders of this moment: those of the operation would answer from their cache. */
const freshLoaders = ({ reads, viewer }: Context) => createLoaders(reads, viewer);

interface Call<Arguments> {
  args: Arguments;
  context: Context;
}

@Resolver()
export class JobSubscriptions {
  @Can("signedIn")
  @Subscription(() => JobUpdate, {
    description: "One job as it goes on: first as it stands, then each change. For its creator and admins.",
    subscribe: async ({ args, context }: Call<ResumeArgs & { id: string }>) => {
      const key = keyOf("Job", args.id);
      const job = await context.loaders.jobById.load(key);
      if (!job) throw new BadInput("id", "There is no such job.", "NOT_FOUND");
      return context.topics.subscribe(`job:${job.id}`, {
        after: positionOf(args),
        snapshot: async () => ({ job: await freshLoaders(context).jobById.load(key) }),
      });
    },
  })
  jobUpdated(
    @Arg("id", () => ID, { description: "Global id." }) _id: string,
    @Args(() => ResumeArgs) _resume: ResumeArgs,
    @Root() message: Received<"job", JobRow | null>,
  ) {
    return updateOf(message);
  }

  @Can("signedIn")
  @Subscription(() => MyJobsUpdate, {
    description: "The jobs that the viewer asked for: first the newest 100, then each that changes.",
    subscribe: ({ args, context }: Call<ResumeArgs>) => {
      const { id } = signedIn(context.viewer);
      return context.topics.subscribe(`jobs:${id}`, {
        after: positionOf(args),
        snapshot: async () => ({ jobs: await freshLoaders(context).jobsByCreator.page(id, { first: maxPageSize }).nodes() }),
      });
    },
  })
  myJobs(@Args(() => ResumeArgs) _resume: ResumeArgs, @Root() message: Received<"jobs", JobRow[]>) {
    return updateOf(message);
  }
}

@Resolver()
export class LearnerSubscriptions {
  @Can("signedIn")
  @Subscription(() => StreakUpdate, {
    description: "The viewer's streak: first as it stands, then after each change.",
    subscribe: ({ args, context }: Call<ResumeArgs>) => {
      const { id } = signedIn(context.viewer);
      return context.topics.subscribe(`streak:${id}`, {
        after: positionOf(args),
        snapshot: async () => ({ streak: await freshLoaders(context).streakByUser.load(id) }),
      });
    },
  })
  streakUpdated(@Args(() => ResumeArgs) _resume: ResumeArgs, @Root() message: Received<"streak", ShownStreak | null>) {
    return updateOf(message);
  }

  @Can("signedIn")
  @Subscription(() => EnrollmentUpdate, {
    description: "The viewer's enrollments: first the newest 100, then each that begins or changes.",
    subscribe: ({ args, context }: Call<ResumeArgs>) => {
      const { id } = signedIn(context.viewer);
      return context.topics.subscribe(`enrollments:${id}`, {
        after: positionOf(args),
        snapshot: async () => ({ enrollments: await freshLoaders(context).enrollmentsByUser.page(id, { first: maxPageSize }).nodes() }),
      });
    },
  })
  enrollmentUpdated(@Args(() => ResumeArgs) _resume: ResumeArgs, @Root() message: Received<"enrollments", EnrollmentRow[]>) {
    return updateOf(message);
  }
}

@Resolver(() => StreakUpdate)
export class StreakUpdateEdges {
  @Can("signedIn")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak at that moment." })
  streak(@Root() update: { streak: ShownStreak | null }) {
    return update.streak;
  }

  @Bound(bounds.streakMilestones)
  @Can("signedIn")
  @FieldResolver(() => [StreakMilestoneReached], { description: "Milestones reached by this change; empty on a snapshot." })
  milestonesReached(@Root() update: { milestonesReached?: ReachedRow[] }) {
    return update.milestonesReached ?? [];
  }
}

@Resolver(() => EnrollmentUpdate)
export class EnrollmentUpdateEdges {
  @Can("signedIn")
  @Bound(maxPageSize)
  @FieldResolver(() => [Enrollment], {
    description: "The newest 100 on a snapshot, newest first; on a change the enrollment that changed.",
  })
  enrollments(@Root() update: { enrollments?: EnrollmentRow[]; enrollment?: EnrollmentRow }) {
    return update.enrollments ?? (update.enrollment ? [update.enrollment] : []);
  }
}

@Resolver(() => JobUpdate)
export class JobUpdateEdges {
  @Can("signedIn")
  @FieldResolver(() => Job, { nullable: true, description: "The job at that moment; null when it is gone." })
  job(@Root() update: { job: JobRow | null }) {
    return update.job;
  }
}

@Resolver(() => MyJobsUpdate)
export class MyJobsUpdateEdges {
  @Can("signedIn")
  @Bound(maxPageSize)
  @FieldResolver(() => [Job], { description: "The newest 100 on a snapshot, newest first; on a change the job that changed." })
  jobs(@Root() update: { jobs?: JobRow[]; job?: JobRow }) {
    return update.jobs ?? (update.job ? [update.job] : []);
  }
}
