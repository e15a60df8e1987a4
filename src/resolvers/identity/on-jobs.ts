import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { jobQueue } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { Job } from "../../schema/jobs.js";

@Resolver(() => Job)
export class JobUserEdges {
  @Can("creator")
  @FieldResolver(() => User, { nullable: true, description: "Who asked for it; null for the service's own jobs." })
  createdBy(@Root() job: typeof jobQueue.$inferSelect, @Ctx() { loaders }: Context) {
    return job.createdById === null ? null : loaders.userById.load(job.createdById);
  }
}
