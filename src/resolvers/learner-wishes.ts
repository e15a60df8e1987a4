import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { Context } from "../graphql/context.js";
import {
  AddGoalInput, AddGoalPayload, RemoveGoalInput, RemoveGoalPayload, UpdateGoalInput, UpdateGoalPayload,
} from "../schema/learner/goals.js";
import {
  AddInterestInput, AddInterestPayload, RemoveInterestInput, RemoveInterestPayload,
} from "../schema/learner/interests.js";
import {
  AddSkillInput, AddSkillPayload, RemoveSkillInput, RemoveSkillPayload, UpdateSkillInput, UpdateSkillPayload,
} from "../schema/learner/skills.js";
import { addGoal, removeGoal, updateGoal } from "../services/learner/goals.js";
import { addInterest, removeInterest } from "../services/learner/interests.js";
import { addSkill, removeSkill, updateSkill } from "../services/learner/skills.js";

@Resolver()
export class LearnerWishMutations {
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
    return { removedId: await removeGoal(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => AddInterestPayload, { description: "Adds an interest of the viewer's." })
  async addInterest(
    @Arg("input", () => AddInterestInput, { description: "The interest." }) input: AddInterestInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { interest: await addInterest(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => RemoveInterestPayload, { description: "Removes an interest of the viewer's." })
  async removeInterest(
    @Arg("input", () => RemoveInterestInput, { description: "Which interest." }) input: RemoveInterestInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: await removeInterest(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => AddSkillPayload, { description: "Adds a skill that the viewer claims." })
  async addSkill(
    @Arg("input", () => AddSkillInput, { description: "The skill." }) input: AddSkillInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skillProficiency: await addSkill(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpdateSkillPayload, { description: "Changes how well the viewer claims to know a skill." })
  async updateSkill(
    @Arg("input", () => UpdateSkillInput, { description: "What to change." }) input: UpdateSkillInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skillProficiency: await updateSkill(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => RemoveSkillPayload, { description: "Removes a skill from the viewer's profile." })
  async removeSkill(
    @Arg("input", () => RemoveSkillInput, { description: "Which skill." }) input: RemoveSkillInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: await removeSkill(signedIn(viewer), db, input) };
  }
}
