import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { profiles } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { Certification } from "../../schema/learner/certifications.js";
import { EducationRecord } from "../../schema/learner/education.js";
import { LearnerGoal } from "../../schema/learner/goals.js";
import { LearnerInterest } from "../../schema/learner/interests.js";
import { OnboardingAnswers } from "../../schema/learner/onboarding.js";
import {
  CompleteOnboardingPayload, LearnerProfile, SaveOnboardingDraftPayload, UpdateProfileInput, UpdateProfilePayload,
} from "../../schema/learner/profile.js";
import {
  Psychographics, UpdatePsychographicsInput, UpdatePsychographicsPayload,
} from "../../schema/learner/psychographics.js";
import { SkillProficiency } from "../../schema/learner/skills.js";
import { completeOnboarding, saveOnboardingDraft } from "../../services/learner/onboarding.js";
import { updateProfile } from "../../services/learner/profile.js";
import { updatePsychographics } from "../../services/learner/psychographics.js";

type ProfileRow = typeof profiles.$inferSelect;

@Resolver(() => LearnerProfile)
export class LearnerProfileEdges {
  @Bound(bounds.education)
  @Can("owner")
  @FieldResolver(() => [EducationRecord], { nullable: true, description: "Schools and colleges by year of beginning." })
  education(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.educationRecordsByUser.load(userId);
  }

  @Bound(bounds.proficiencies)
  @Can("owner")
  @FieldResolver(() => [SkillProficiency], { nullable: true, description: "Skills by name." })
  skills(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.skillProficienciesByUser.load(userId);
  }

  @Bound(bounds.goals)
  @Can("owner")
  @FieldResolver(() => [LearnerGoal], { nullable: true, description: "Goals by priority." })
  goals(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.goalsByUser.load(userId);
  }

  @Bound(bounds.interests)
  @Can("owner")
  @FieldResolver(() => [LearnerInterest], { nullable: true, description: "Interests in alphabetical order." })
  interests(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.interestsByUser.load(userId);
  }

  @Bound(bounds.certifications)
  @Can("owner")
  @FieldResolver(() => [Certification], { nullable: true, description: "Certificates by date of issue." })
  certifications(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.certificationsByUser.load(userId);
  }

  @Can("owner")
  @FieldResolver(() => Psychographics, { nullable: true, description: "How the learner learns; null when nobody asked or estimated." })
  psychographics(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.psychographicsByUser.load(userId);
  }
}

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
export class CompleteOnboardingEdges {
  @Public()
  @FieldResolver(() => [String], {
    description: "Skills that the catalogue does not know, as they were written; they are kept by name. Empty when there are errors.",
  })
  unmatchedSkills(@Root() { unmatchedSkills }: { unmatchedSkills?: string[] }) {
    return unmatchedSkills ?? [];
  }
}
