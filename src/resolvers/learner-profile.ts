import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Can, Public } from "../auth/policy.js";
import { signedIn } from "../auth/viewer.js";
import type { Context } from "../graphql/context.js";
import { OnboardingAnswers } from "../schema/learner/onboarding.js";
import {
  CompleteOnboardingPayload, SaveOnboardingDraftPayload, UpdateProfileInput, UpdateProfilePayload,
} from "../schema/learner/profile.js";
import { UpdatePsychographicsInput, UpdatePsychographicsPayload } from "../schema/learner/psychographics.js";
import { completeOnboarding, saveOnboardingDraft } from "../services/learner/onboarding.js";
import { updateProfile } from "../services/learner/profile.js";
import { updatePsychographics } from "../services/learner/psychographics.js";

@Resolver()
export class LearnerProfileMutations {
  @Can("signedIn")
  @Mutation(() => UpdateProfilePayload, { description: "Changes what the viewer tells about themselves." })
  async updateProfile(
    @Arg("input", () => UpdateProfileInput, { description: "What to change." }) input: UpdateProfileInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { profile: await updateProfile(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => UpdatePsychographicsPayload, { description: "Writes the viewer's answers to the survey on learning habits." })
  async updatePsychographics(
    @Arg("input", () => UpdatePsychographicsInput, { description: "The answers." }) input: UpdatePsychographicsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return { psychographics: await updatePsychographics(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => SaveOnboardingDraftPayload, { description: "Saves answers of the onboarding form, field by field, to go on with later." })
  async saveOnboardingDraft(
    @Arg("input", () => OnboardingAnswers, { description: "The answers so far; null takes one out of the draft." }) input: OnboardingAnswers,
    @Ctx() { viewer, db }: Context,
  ) {
    return { profile: await saveOnboardingDraft(signedIn(viewer), db, input) };
  }

  @Can("signedIn")
  @Mutation(() => CompleteOnboardingPayload, {
    description: `Writes the answers of the onboarding form where each says, all or nothing, and ends the draft.
Absent fields come from the draft. Repeating it adds nothing twice; skills, interests and goals of an earlier onboarding stay.`,
  })
  async completeOnboarding(
    @Arg("input", () => OnboardingAnswers, { description: "The answers." }) input: OnboardingAnswers,
    @Ctx() { viewer, db }: Context,
  ) {
    return completeOnboarding(signedIn(viewer), db, input);
  }
}

@Resolver(() => CompleteOnboardingPayload)
export class CompleteOnboardingResults {
  @Public()
  @FieldResolver(() => [String], {
    description: "Skills that the catalogue does not know, as they were written; they are kept by name. Empty when there are errors.",
  })
  unmatchedSkills(@Root() { unmatchedSkills }: { unmatchedSkills?: string[] }) {
    return unmatchedSkills ?? [];
  }
}
