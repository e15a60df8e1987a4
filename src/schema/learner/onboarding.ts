import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { educationLevels, goalTypes, learningStyles } from "../../db/value-sets.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import { LearningStyle } from "../../graphql/shared-enums.js";
import { EducationLevel, GoalType } from "./enums.js";

/** Asked and shown with the same fields, so that a form can be filled from what it saved. */
@Can("owner")
@ObjectType("OnboardingSkillRating", { description: "A skill with the learner's own rating.", simpleResolvers: true })
@InputType("OnboardingSkillRatingInput", { description: "A skill with the learner's own rating." })
export class OnboardingSkillRating {
  @Field(() => String, { description: "Name of the skill or another spelling of it, at most 255 characters." })
  skillName!: string;

  @Field(() => Int, { description: "1 (first steps) to 5 (could teach it)." })
  level!: number;
}

@Can("owner")
@ObjectType("OnboardingGoal", { description: "Something that the learner wants to reach.", simpleResolvers: true })
@InputType("OnboardingGoalInput", { description: "Something that the learner wants to reach." })
export class OnboardingGoal {
  @Field(() => GoalType, { description: "What kind of thing it is." })
  goalType!: (typeof goalTypes)[number];

  @Field(() => String, { description: "The goal in words, at most 500 characters." })
  value!: string;
}

/** The twenty answers; each description says what the answer changes. */
@Can("owner")
@ObjectType("OnboardingDraft", {
  description: "Answers that were saved but not yet submitted with `completeOnboarding`.",
  simpleResolvers: true,
})
@InputType("OnboardingInput", {
  description:
    "Answers of the onboarding form. A field that is absent keeps what the draft holds; null means unanswered. Lists hold at most 50 items.",
})
export class OnboardingAnswers {
  @Field(() => String, { nullable: true, description: "Changes `User.fullName`. At most 200 characters; required to complete." })
  fullName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "An e-mail address changes `User.email`, in the first onboarding only; a phone number becomes the primary phone of `User.contacts`, ten Indian digits with +91 before them. Required to complete.",
  })
  contact?: string | null;

  @Field(() => EducationLevel, { nullable: true, description: "Changes `LearnerProfile.educationLevel`. Required to complete." })
  education?: (typeof educationLevels)[number] | null;

  @Field(() => String, { nullable: true, description: "Changes `LearnerProfile.fieldOfStudy`. At most 255 characters." })
  fieldOfStudy?: string | null;

  @Bound(bounds.onboardingAnswers)
  @Field(() => [OnboardingSkillRating], {
    nullable: true,
    description:
      "Adds to `LearnerProfile.skills` with a rating. The same skill under several spellings becomes one row with the highest of its ratings.",
  })
  proficiencies?: OnboardingSkillRating[] | null;

  @Field(() => [String], { nullable: true, description: "Adds to `LearnerProfile.skills` without a rating." })
  skills?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Adds to `LearnerProfile.interests`." })
  interests?: string[] | null;

  @Bound(bounds.onboardingAnswers)
  @Field(() => [OnboardingGoal], { nullable: true, description: "Adds to `LearnerProfile.goals` with priority 1." })
  learningGoals?: OnboardingGoal[] | null;

  @Field(() => String, { nullable: true, description: "Changes `LearnerProfile.targetRoles`. At most 1000 characters." })
  targetRoles?: string | null;

  @Field(() => [String], { nullable: true, description: "Replaces `LearnerProfile.targetIndustries`." })
  targetIndustries?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Adds to `LearnerProfile.goals` as learning goals with priority 2." })
  learningTypes?: string[] | null;

  @Field(() => LearningStyle, { nullable: true, description: "Changes `UserPreferences.learningStyle`." })
  learningStyle?: (typeof learningStyles)[number] | null;

  @Field(() => Boolean, { nullable: true, description: "Changes `UserPreferences.collaborativeLearning`." })
  collaborativeLearning?: boolean | null;

  @Field(() => Float, { nullable: true, description: "Hours a week, 0 to 168. Changes `UserPreferences.timeCommitmentHoursWeek`." })
  timeCommitment?: number | null;

  @Field(() => Int, { nullable: true, description: "Months, 1 to 600. Changes `UserPreferences.timelineMonths`." })
  timeline?: number | null;

  @Field(() => [String], { nullable: true, description: "Replaces `LearnerProfile.motivations`." })
  motivations?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Has a device and internet to learn with? Changes `LearnerProfile.hasResources`." })
  hasResources?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Changes `UserPreferences.reminderEnabled`." })
  reminders?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Changes `UserPreferences.gamificationEnabled`." })
  gamification?: boolean | null;

  @Field(() => [String], { nullable: true, description: "Replaces `LearnerProfile.comfortableSubjects`." })
  comfortableSubjects?: string[] | null;
}
