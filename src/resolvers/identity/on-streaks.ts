import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { Streak } from "../../schema/streaks/streak.js";
import type { ShownStreak } from "../../services/streaks/shown.js";

@Resolver(() => Streak)
export class StreakUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose streak it is." })
  user(@Root() streak: ShownStreak, @Ctx() { loaders }: Context) {
    return loaders.userById.load(streak.userId);
  }
}
