import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  AddEducationRecordInput, AddEducationRecordPayload, RemoveEducationRecordInput, RemoveEducationRecordPayload,
  UpdateEducationRecordInput, UpdateEducationRecordPayload,
} from "../../schema/learner/education.js";
import { addEducationRecord, removeEducationRecord, updateEducationRecord } from "../../services/learner/education.js";

@Resolver()
export class EducationMutations {
  @Can("signedIn")
  @Mutation(() => AddEducationRecordPayload, { description: "Adds a record to the viewer's education." })
  async addEducationRecord(
    @Arg("input", () => AddEducationRecordInput, { description: "The new record." }) input: AddEducationRecordInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { educationRecord: await addEducationRecord(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpdateEducationRecordPayload, { description: "Changes a record of the viewer's education." })
  async updateEducationRecord(
    @Arg("input", () => UpdateEducationRecordInput, { description: "What to change." }) input: UpdateEducationRecordInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { educationRecord: await updateEducationRecord(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => RemoveEducationRecordPayload, { description: "Removes a record of the viewer's education." })
  async removeEducationRecord(
    @Arg("input", () => RemoveEducationRecordInput, { description: "Which record." }) input: RemoveEducationRecordInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: toGlobalId("EducationRecord", await removeEducationRecord(signedIn(viewer), db, input)) };
  }
}
