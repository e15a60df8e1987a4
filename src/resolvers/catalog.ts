import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import type { courses, providers } from "../db/tables/index.js";
import type { Context } from "../graphql/context.js";
import { keyOf } from "../graphql/node.js";
import { Course, CourseConnection, CoursesArgs } from "../schema/catalog/course.js";
import { Provider, ProviderConnection, ProvidersArgs } from "../schema/catalog/provider.js";

type CourseRow = typeof courses.$inferSelect;
type ProviderRow = typeof providers.$inferSelect;

@Resolver()
export class CatalogQueries {
  @Public()
  @Query(() => CourseConnection, { description: "Courses of the catalogue." })
  courses(@Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.courses.page(args);
  }

  @Public()
  @Query(() => Course, { nullable: true, description: "One course; null when there is none that the viewer may see." })
  course(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(keyOf("Course", id));
  }

  @Public()
  @Query(() => ProviderConnection, { description: "Institutions that offer courses." })
  providers(@Args(() => ProvidersArgs) args: ProvidersArgs, @Ctx() { loaders }: Context) {
    return loaders.providers.page(args);
  }
}

@Resolver(() => Course)
export class CourseEdges {
  @Can("course")
  @FieldResolver(() => Provider, { nullable: true, description: "Who offers the course." })
  provider(@Root() course: CourseRow, @Ctx() { loaders }: Context) {
    return course.providerId === null ? null : loaders.providerById.load(course.providerId);
  }
}

@Resolver(() => Provider)
export class ProviderEdges {
  @Public()
  @FieldResolver(() => CourseConnection, { description: "Courses that it offers." })
  courses(@Root() provider: ProviderRow, @Args(() => CoursesArgs) args: CoursesArgs, @Ctx() { loaders }: Context) {
    return loaders.coursesByProvider.page(provider.id, args);
  }
}

/** How `node` finds rows of this domain; loaders leave out what the viewer may not see. */
export const catalogNodes = {
  Course: "courseById",
  CourseVersion: "courseVersionById",
  Module: "moduleById",
  NsqfLevel: "nsqfLevel",
  Provider: "providerById",
  Skill: "skillById",
  Topic: "topicById",
} as const;
