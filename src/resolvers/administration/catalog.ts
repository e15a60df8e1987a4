import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  AddSkillAliasInput, AddSkillAliasPayload, CreateProviderInput, CreateProviderPayload, CreateSkillInput,
  CreateSkillPayload, RemoveSkillAliasInput, RemoveSkillAliasPayload, UpdateCatalogSkillInput,
  UpdateCatalogSkillPayload, UpdateNsqfLevelInput, UpdateNsqfLevelPayload, UpdateProviderInput,
  UpdateProviderPayload,
} from "../../schema/administration/catalog.js";
import { updateNsqfLevel } from "../../services/administration/nsqf-levels.js";
import { createProvider, updateProvider } from "../../services/administration/providers.js";
import { addSkillAlias, createSkill, removeSkillAlias, updateCatalogSkill } from "../../services/administration/skills.js";

@Resolver()
export class CatalogAdministrationMutations {
  @Can("admin")
  @Mutation(() => CreateProviderPayload, { description: "Adds a provider." })
  async createProvider(
    @Arg("input", () => CreateProviderInput, { description: "The provider." }) input: CreateProviderInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { provider: await createProvider(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateProviderPayload, { description: "Changes a provider." })
  async updateProvider(
    @Arg("input", () => UpdateProviderInput, { description: "What to change." }) input: UpdateProviderInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { provider: await updateProvider(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => CreateSkillPayload, { description: "Adds a skill to the catalogue." })
  async createSkill(
    @Arg("input", () => CreateSkillInput, { description: "The skill." }) input: CreateSkillInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skill: await createSkill(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateCatalogSkillPayload, { description: "Changes a skill of the catalogue; `updateSkill` is for the skills of a learner's profile." })
  async updateCatalogSkill(
    @Arg("input", () => UpdateCatalogSkillInput, { description: "What to change." }) input: UpdateCatalogSkillInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skill: await updateCatalogSkill(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => AddSkillAliasPayload, { description: "Adds another spelling of a skill; one that it has already changes nothing." })
  async addSkillAlias(
    @Arg("input", () => AddSkillAliasInput, { description: "The spelling." }) input: AddSkillAliasInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skill: await addSkillAlias(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => RemoveSkillAliasPayload, { description: "Takes a spelling of a skill away." })
  async removeSkillAlias(
    @Arg("input", () => RemoveSkillAliasInput, { description: "The spelling." }) input: RemoveSkillAliasInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { skill: await removeSkillAlias(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateNsqfLevelPayload, { description: "Changes what is said of an NSQF level." })
  async updateNsqfLevel(
    @Arg("input", () => UpdateNsqfLevelInput, { description: "What to change." }) input: UpdateNsqfLevelInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { nsqfLevel: await updateNsqfLevel(signedIn(viewer), db, input) };
  }
}
