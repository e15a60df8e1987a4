import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  AddGoalInput, AddGoalPayload, RemoveGoalInput, RemoveGoalPayload, UpdateGoalInput, UpdateGoalPayload,
} from "../../schema/learner/goals.js";
import { addGoal, removeGoal, updateGoal } from "../../services/learner/goals.js";

@Resolver()
export class GoalMutations {
  @Can("signedIn")
  @Mutation(() => AddGoalPayload, { description: "Adds a goal of the viewer's." })
  async addGoal(
    @Arg("input", () => AddGoalInput, { description: "The goal." }) input: AddGoalInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return addGoal(signedIn(viewer), db, input);
  }

  @Can("signedIn")
  @Mutation(() => UpdateGoalPayload, { description: "Changes a goal of the viewer's and notes that they went over it." })
  async updateGoal(
    @Arg("input", () => UpdateGoalInput, { description: "What to change." }) input: UpdateGoalInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return updateGoal(signedIn(viewer), db, input);
  }

  @Can("signedIn")
  @Mutation(() => RemoveGoalPayload, { description: "Removes a goal of the viewer's." })
  async removeGoal(
    @Arg("input", () => RemoveGoalInput, { description: "Which goal." }) input: RemoveGoalInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: toGlobalId("LearnerGoal", await removeGoal(signedIn(viewer), db, input)) };
  }
}
