import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { users } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { CourseConnection, CoursesArgs } from "../../schema/catalog/course.js";
import { User } from "../../schema/identity/user.js";

type UserRow = typeof users.$inferSelect;

@Resolver(() => User)
export class UserCatalogEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses that the person wrote and the viewer may see." })
  createdCourses(@Root() user: UserRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByCreator.page(user.id, args);
  }
}
