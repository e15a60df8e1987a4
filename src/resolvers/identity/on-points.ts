import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { Context } from "../../graphql/context.js";
import { User } from "../../schema/identity/user.js";
import { PointsTransaction, UserPoints } from "../../schema/points.js";

interface LearnersRow {
  userId: string;
}

@Resolver(() => UserPoints)
export class UserPointsUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => PointsTransaction)
export class PointsTransactionUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "The learner." })
  user(@Root() { userId }: LearnersRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}
