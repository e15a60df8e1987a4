import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { sourceFiles } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { Course } from "../../schema/catalog/course.js";
import { SourceFile } from "../../schema/source-files.js";

@Resolver(() => SourceFile)
export class SourceFileCatalogEdges {
  @Can("sourceFile")
  @FieldResolver(() => Course, { nullable: true, description: "The course that was made from it; null until there is one." })
  course(@Root() { courseId }: typeof sourceFiles.$inferSelect, @Ctx() { loaders }: Context) {
    return courseId === null ? null : loaders.courseById.load(courseId);
  }
}
