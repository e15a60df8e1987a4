import { Field, Float, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { profiles } from "../../db/tables/index.js";
import { Node } from "../../graphql/node.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, LocalDate } from "../../graphql/scalars.js";
import { EducationLevel, Gender } from "./enums.js";
import { OnboardingAnswers } from "./onboarding.js";

type ProfileRow = typeof profiles.$inferSelect;

@Can("owner")
@ObjectType({ description: "What a learner tells about themselves; one for each account that wrote one.", implements: Node, simpleResolvers: true })
export class LearnerProfile extends Node implements Omit<ProfileRow, "userId" | "onboardingDraft"> {
  @Field(() => String, { nullable: true, description: "One line that others see beside the name." })
  headline!: string | null;

  @Field(() => Gender, { nullable: true, description: "Gender." })
  gender!: ProfileRow["gender"];

  @Field(() => LocalDate, { nullable: true, description: "Date of birth, after 1900-01-01." })
  dateOfBirth!: string | null;

  @Field(() => String, { nullable: true, description: "Nationality." })
  nationality!: string | null;

  @Field(() => String, { nullable: true, description: "First line of the postal address." })
  addressLine1!: string | null;

  @Field(() => String, { nullable: true, description: "Second line of the postal address." })
  addressLine2!: string | null;

  @Field(() => String, { nullable: true, description: "Town or city." })
  city!: string | null;

  @Field(() => String, { nullable: true, description: "State of the postal address." })
  state!: string | null;

  @Field(() => String, { nullable: true, description: "Country of the postal address." })
  country!: string | null;

  @Field(() => String, { nullable: true, description: "Region in which the learner looks for courses and work." })
  region!: string | null;

  @Field(() => String, { nullable: true, description: "Where the learner is, in their own words." })
  location!: string | null;

  @Field(() => EducationLevel, { nullable: true, description: "Highest education that was completed." })
  educationLevel!: ProfileRow["educationLevel"];

  @Field(() => String, { nullable: true, description: "Subject of that education." })
  fieldOfStudy!: string | null;

  @Field(() => Float, { description: "Years of work experience, 0 to 80." })
  experienceYears!: string;

  @Field(() => String, { nullable: true, description: "Jobs that the learner aims at, in their own words." })
  targetRoles!: string | null;

  @Field(() => [String], { description: "Industries that the learner aims at." })
  targetIndustries!: string[];

  @Field(() => Boolean, { nullable: true, description: "Has a device and internet to learn with?" })
  hasResources!: boolean | null;

  @Field(() => [String], { description: "Reasons to learn." })
  motivations!: string[];

  @Field(() => [String], { description: "Subjects that come easily." })
  comfortableSubjects!: string[];

  @Field(() => DateTime, { nullable: true, description: "When onboarding was first completed; null before." })
  onboardingCompletedAt!: string | null;

  @Field(() => OnboardingAnswers, { nullable: true, description: "Saved answers of an unfinished onboarding; null when there are none." })
  onboardingDraft!: OnboardingAnswers | null;

  @Field(() => DateTime, { description: "When the profile was first written." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When the profile last changed." })
  updatedAt!: string;
}

@InputType({ description: "Changes to the viewer's profile. An absent field stays, null clears it: texts become null, lists empty, experience 0." })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: "One line that others see, at most 500 characters." })
  headline?: string | null;

  @Field(() => Gender, { nullable: true, description: "Gender." })
  gender?: ProfileRow["gender"];

  @Field(() => LocalDate, { nullable: true, description: "Date of birth, after 1900-01-01 and not in the future." })
  dateOfBirth?: string | null;

  @Field(() => String, { nullable: true, description: "Nationality, at most 100 characters." })
  nationality?: string | null;

  @Field(() => String, { nullable: true, description: "First line of the postal address, at most 255 characters." })
  addressLine1?: string | null;

  @Field(() => String, { nullable: true, description: "Second line of the postal address, at most 255 characters." })
  addressLine2?: string | null;

  @Field(() => String, { nullable: true, description: "Town or city, at most 100 characters." })
  city?: string | null;

  @Field(() => String, { nullable: true, description: "State, at most 100 characters." })
  state?: string | null;

  @Field(() => String, { nullable: true, description: "Country, at most 100 characters." })
  country?: string | null;

  @Field(() => String, { nullable: true, description: "Region in which to look for courses and work, at most 100 characters." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "Where the learner is, at most 255 characters." })
  location?: string | null;

  @Field(() => EducationLevel, { nullable: true, description: "Highest education that was completed." })
  educationLevel?: ProfileRow["educationLevel"];

  @Field(() => String, { nullable: true, description: "Subject of that education, at most 255 characters." })
  fieldOfStudy?: string | null;

  @Field(() => Float, { nullable: true, description: "Years of work experience, 0 to 80." })
  experienceYears?: number | null;

  @Field(() => String, { nullable: true, description: "Jobs aimed at, at most 1000 characters." })
  targetRoles?: string | null;

  @Field(() => [String], { nullable: true, description: "Industries aimed at, at most 50; replaces the list." })
  targetIndustries?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Has a device and internet to learn with?" })
  hasResources?: boolean | null;

  @Field(() => [String], { nullable: true, description: "Reasons to learn, at most 50; replaces the list." })
  motivations?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Subjects that come easily, at most 50; replaces the list." })
  comfortableSubjects?: string[] | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `updateProfile`.", simpleResolvers: true })
export class UpdateProfilePayload extends Payload {
  @Field(() => LearnerProfile, { nullable: true, description: "The profile as it is now." })
  profile!: LearnerProfile | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `saveOnboardingDraft`.", simpleResolvers: true })
export class SaveOnboardingDraftPayload extends Payload {
  @Field(() => LearnerProfile, { nullable: true, description: "The profile with the draft as it is now." })
  profile!: LearnerProfile | null;
}

@Can("signedIn")
@ObjectType({ description: "Answer of `completeOnboarding`.", simpleResolvers: true })
export class CompleteOnboardingPayload extends Payload {
  @Field(() => LearnerProfile, { nullable: true, description: "The profile as it is now." })
  profile!: LearnerProfile | null;
}
