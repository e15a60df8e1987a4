import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { jobQueue } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { Course } from "../../schema/catalog/course.js";
import { Job } from "../../schema/jobs.js";

@Resolver(() => Job)
export class JobCatalogEdges {
  @Can("creator")
  @FieldResolver(() => Course, { nullable: true, description: "The course it is about, if it is about one." })
  course(@Root() job: typeof jobQueue.$inferSelect, @Ctx() { loaders }: Context) {
    return job.courseId === null ? null : loaders.courseById.load(job.courseId);
  }
}
