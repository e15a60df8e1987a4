import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { nsqfLevels } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { CourseConnection, CoursesArgs } from "../../schema/catalog/course.js";
import { NsqfLevel, NsqfLevelConnection, NsqfLevelsArgs } from "../../schema/catalog/level.js";

type NsqfLevelRow = typeof nsqfLevels.$inferSelect;

@Resolver()
export class NsqfLevelQueries {
  @Public()
  @Query(() => NsqfLevelConnection, { description: "The ladder of national qualifications." })
  nsqfLevels(@Args(() => NsqfLevelsArgs) args: NsqfLevelsArgs, @Ctx() { loaders }: Context) {
    return loaders.nsqfLevels.page(args);
  }
}

@Resolver(() => NsqfLevel)
export class NsqfLevelEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses at this level." })
  courses(@Root() level: NsqfLevelRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByNsqfLevel.page(level.level, args);
  }
}
