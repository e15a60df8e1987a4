import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { users } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { Streak } from "../../schema/streaks/streak.js";

@Resolver(() => User)
export class UserStreakEdges {
  @Can("self")
  @FieldResolver(() => Streak, { nullable: true, description: "The streak as it stands now; an empty one before the first activity." })
  streak(@Root() user: typeof users.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.streakByUser.load(user.id);
  }
}
