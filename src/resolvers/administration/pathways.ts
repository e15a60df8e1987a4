import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  CreateCareerPathInput, CreateCareerPathPayload, CreateJobRoleInput, CreateJobRolePayload,
  SetJobRoleSkillsInput, SetJobRoleSkillsPayload, UpdateCareerPathInput, UpdateCareerPathPayload,
  UpdateJobRoleInput, UpdateJobRolePayload,
} from "../../schema/administration/pathways.js";
import { createCareerPath, updateCareerPath } from "../../services/administration/career-paths.js";
import { setJobRoleSkills } from "../../services/administration/job-role-skills.js";
import { createJobRole, updateJobRole } from "../../services/administration/job-roles.js";

@Resolver()
export class PathwaysAdministrationMutations {
  @Can("admin")
  @Mutation(() => CreateJobRolePayload, { description: "Adds a job role." })
  async createJobRole(
    @Arg("input", () => CreateJobRoleInput, { description: "The role." }) input: CreateJobRoleInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { jobRole: await createJobRole(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateJobRolePayload, { description: "Changes a job role." })
  async updateJobRole(
    @Arg("input", () => UpdateJobRoleInput, { description: "What to change." }) input: UpdateJobRoleInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { jobRole: await updateJobRole(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => SetJobRoleSkillsPayload, { description: "Replaces the skills that a role asks for, and matches the learners on their way to it anew." })
  async setJobRoleSkills(
    @Arg("input", () => SetJobRoleSkillsInput, { description: "The skills." }) input: SetJobRoleSkillsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { jobRole: await setJobRoleSkills(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => CreateCareerPathPayload, { description: "Adds a career path, without milestones as yet." })
  async createCareerPath(
    @Arg("input", () => CreateCareerPathInput, { description: "The path." }) input: CreateCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { careerPath: await createCareerPath(signedIn(viewer), db, input) };
  }

  @Can("admin")
  @Mutation(() => UpdateCareerPathPayload, { description: "Changes a career path." })
  async updateCareerPath(
    @Arg("input", () => UpdateCareerPathInput, { description: "What to change." }) input: UpdateCareerPathInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { careerPath: await updateCareerPath(signedIn(viewer), db, input) };
  }
}
