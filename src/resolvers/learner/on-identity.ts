import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { users } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { LearnerProfile } from "../../schema/learner/profile.js";

@Resolver(() => User)
export class UserLearnerEdges {
  @Can("self")
  @FieldResolver(() => LearnerProfile, { nullable: true, description: "What the user tells about themselves." })
  profile(@Root() user: typeof users.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.profileByUser.load(user.id);
  }
}
