import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courses, courseVersions } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { CourseVersion } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";
import { User } from "../../schema/identity/user.js";

type CourseRow = typeof courses.$inferSelect;
type CourseVersionRow = typeof courseVersions.$inferSelect;

@Resolver(() => Course)
export class CourseUserEdges {
  @Can("signedIn")
  @FieldResolver(() => User, { nullable: true, description: "Its author; null for entries of a register." })
  createdBy(@Root() { createdById }: CourseRow, @Ctx() { loaders }: Context) {
    return createdById === null ? null : loaders.userById.load(createdById);
  }
}

@Resolver(() => CourseVersion)
export class CourseVersionUserEdges {
  @Can("signedIn")
  @FieldResolver(() => User, { nullable: true, description: "Who published it." })
  publishedBy(@Root() { publishedById }: CourseVersionRow, @Ctx() { loaders }: Context) {
    return publishedById === null ? null : loaders.userById.load(publishedById);
  }
}
