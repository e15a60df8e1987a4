import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  AddCertificationInput, AddCertificationPayload, RemoveCertificationInput, RemoveCertificationPayload,
  UpdateCertificationInput, UpdateCertificationPayload, VerifyCertificationInput, VerifyCertificationPayload,
} from "../../schema/learner/certifications.js";
import {
  addCertification, removeCertification, updateCertification, verifyCertification,
} from "../../services/learner/certifications.js";

@Resolver()
export class CertificationMutations {
  @Can("signedIn")
  @Mutation(() => AddCertificationPayload, { description: "Adds a certificate to the viewer's profile." })
  async addCertification(
    @Arg("input", () => AddCertificationInput, { description: "The certificate." }) input: AddCertificationInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { certification: await addCertification(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpdateCertificationPayload, { description: "Changes a certificate of the viewer's; it waits for verification again." })
  async updateCertification(
    @Arg("input", () => UpdateCertificationInput, { description: "What to change." }) input: UpdateCertificationInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { certification: await updateCertification(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => RemoveCertificationPayload, { description: "Removes a certificate of the viewer's." })
  async removeCertification(
    @Arg("input", () => RemoveCertificationInput, { description: "Which certification." }) input: RemoveCertificationInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { removedId: toGlobalId("Certification", await removeCertification(signedIn(viewer), db, input)) };
  }

  @Can("admin")
  @Mutation(() => VerifyCertificationPayload, { description: "Records that a learner's certificate was checked." })
  async verifyCertification(
    @Arg("input", () => VerifyCertificationInput, { description: "The result." }) input: VerifyCertificationInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { certification: await verifyCertification(signedIn(viewer), db, input) };
  }
}
