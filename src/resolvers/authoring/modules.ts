import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  CreateModuleInput, CreateModulePayload, UpdateModuleInput, UpdateModulePayload, ArchiveModuleInput,
  ArchiveModulePayload, RestoreModuleInput, RestoreModulePayload, ReorderModulesInput, ReorderModulesPayload,
} from "../../schema/authoring/modules.js";
import { archiveModule, createModule, reorderModules, restoreModule, updateModule } from "../../services/authoring/modules.js";

@Resolver()
export class ModuleMutations {
  @Can("staff")
  @Mutation(() => CreateModulePayload, { description: "Adds a module at the end of a course, in the week after the last." })
  async createModule(
    @Arg("input", () => CreateModuleInput, { description: "The module." }) input: CreateModuleInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { module: await createModule(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => UpdateModulePayload, { description: "Changes what is said about a module." })
  async updateModule(
    @Arg("input", () => UpdateModuleInput, { description: "What to change." }) input: UpdateModuleInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { module: await updateModule(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => ArchiveModulePayload, { description: "Takes a module and its topics out of a course. What learners completed they keep; whoever had nothing else left has completed the course." })
  async archiveModule(
    @Arg("input", () => ArchiveModuleInput, { description: "Which module." }) input: ArchiveModuleInput,
    @Ctx() { viewer, db, jobs }: Context,
  ) {
    return { module: await archiveModule(signedIn(viewer), db, input, jobs) };
  }

  @Can("staff")
  @Mutation(() => RestoreModulePayload, { description: "Puts an archived module back into its course. Nobody's progress falls by it." })
  async restoreModule(
    @Arg("input", () => RestoreModuleInput, { description: "Which module." }) input: RestoreModuleInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { module: await restoreModule(signedIn(viewer), db, input) };
  }

  @Can("staff")
  @Mutation(() => ReorderModulesPayload, { description: "Puts the modules of a course in another order; their weeks go with their places." })
  async reorderModules(
    @Arg("input", () => ReorderModulesInput, { description: "The course, and the order." }) input: ReorderModulesInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { course: await reorderModules(signedIn(viewer), db, input) };
  }
}
