import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  AddSkillInput, AddSkillPayload, RemoveSkillInput, RemoveSkillPayload, UpdateSkillInput, UpdateSkillPayload,
} from "../../schema/learner/skills.js";
import { addSkill, removeSkill, updateSkill } from "../../services/learner/skills.js";

@Resolver()
export class SkillProficiencyMutations {
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
    return { removedId: toGlobalId("SkillProficiency", await removeSkill(signedIn(viewer), db, input)) };
  }
}
