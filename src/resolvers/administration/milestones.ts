import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  CreateMilestoneInput, CreateMilestonePayload, RemoveMilestoneInput, RemoveMilestonePayload,
  ReorderMilestonesInput, ReorderMilestonesPayload, SetMilestoneSkillsInput, SetMilestoneSkillsPayload,
  UpdateMilestoneInput, UpdateMilestonePayload,
} from "../../schema/administration/milestones.js";
import { removeMilestone, reorderMilestones } from "../../services/administration/milestone-places.js";
import { setMilestoneSkills } from "../../services/administration/milestone-skills.js";
import { createMilestone, updateMilestone } from "../../services/administration/milestones.js";

@Resolver()
export class MilestoneAdministrationMutations {
  @Can("admin")
  @Mutation(() => CreateMilestonePayload, { description: "Adds a milestone to a career path. Learners under way get it too; who has completed the path has completed it." })
  async createMilestone(
    @Arg("input", () => CreateMilestoneInput, { description: "The milestone." }) input: CreateMilestoneInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { milestone: await createMilestone(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateMilestonePayload, { description: "Changes a milestone; what learners have completed stays completed." })
  async updateMilestone(
    @Arg("input", () => UpdateMilestoneInput, { description: "What to change." }) input: UpdateMilestoneInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { milestone: await updateMilestone(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => RemoveMilestonePayload, { description: "Removes a milestone that no learner has begun; those behind it move up." })
  async removeMilestone(
    @Arg("input", () => RemoveMilestoneInput, { description: "Which milestone." }) input: RemoveMilestoneInput,
    @Ctx() { viewer, db }: Context,
  ) {
    const { id, careerPath } = await removeMilestone(signedIn(viewer), db, input);
    return { removedId: toGlobalId("PathMilestone", id), careerPath };
  }

  @Can("admin")
  @Mutation(() => ReorderMilestonesPayload, { description: "Puts the milestones of a path into another order." })
  async reorderMilestones(
    @Arg("input", () => ReorderMilestonesInput, { description: "The order." }) input: ReorderMilestonesInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { careerPath: await reorderMilestones(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => SetMilestoneSkillsPayload, { description: "Replaces the skills that a milestone builds, and matches the learners on its path anew." })
  async setMilestoneSkills(
    @Arg("input", () => SetMilestoneSkillsInput, { description: "The skills." }) input: SetMilestoneSkillsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { milestone: await setMilestoneSkills(signedIn(viewer), db, input) };
  }
}
