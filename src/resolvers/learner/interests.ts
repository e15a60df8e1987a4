import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import { toGlobalId } from "../../graphql/node.js";
import {
  AddInterestInput, AddInterestPayload, RemoveInterestInput, RemoveInterestPayload,
} from "../../schema/learner/interests.js";
import { addInterest, removeInterest } from "../../services/learner/interests.js";

@Resolver()
export class InterestMutations {
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
    return { removedId: toGlobalId("LearnerInterest", await removeInterest(signedIn(viewer), db, input)) };
  }
}
