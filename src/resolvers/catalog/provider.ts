import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { providers } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { keyOf } from "../../graphql/node.js";
import { CourseConnection, CoursesArgs } from "../../schema/catalog/course.js";
import { Provider, ProviderConnection, ProvidersArgs } from "../../schema/catalog/provider.js";

type ProviderRow = typeof providers.$inferSelect;

@Resolver()
export class ProviderQueries {
  @Public()
  @Query(() => ProviderConnection, { description: "Institutions that offer courses." })
  providers(@Args(() => ProvidersArgs) args: ProvidersArgs, @Ctx() { loaders }: Context) {
    return loaders.providers.page(args);
  }

  @Public()
  @Query(() => Provider, { nullable: true, description: "One provider; null when there is none." })
  provider(@Arg("id", () => ID, { description: "Global id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.providerById.load(keyOf("Provider", id));
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
