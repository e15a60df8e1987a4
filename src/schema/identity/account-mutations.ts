import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/payload.js";
import { JSONValue } from "../../graphql/scalars.js";
import { LearningStyle } from "../../graphql/shared-enums.js";
import { ContentFormat, DayPart, ThemeMode, User, UserPreferences } from "./user.js";

@InputType({ description: "A new password." })
export class ChangePasswordInput {
  @Field(() => String, { description: "The present password." })
  currentPassword!: string;

  @Field(() => String, { description: "The next one: 8 to 128 characters; passwords that everybody guesses are refused." })
  newPassword!: string;
}

@InputType({ description: "Changes of the viewer's account; what is absent stays." })
export class UpdateUserInput {
  @Field(() => String, { nullable: true, description: "Name as it is shown, at most 200 characters." })
  fullName?: string;

  @Field(() => String, { nullable: true, description: "Given name, at most 100 characters; null clears it." })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: "Family name, at most 100 characters; null clears it." })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: "3 to 50 letters, digits, dots, hyphens and underscores." })
  username?: string;

  @Field(() => String, { nullable: true, description: "E-mail address to sign in with; a new one needs `currentPassword`." })
  email?: string;

  @Field(() => String, { nullable: true, description: "Language of the interface, as a tag such as `en` or `hi`." })
  language?: string;

  @Field(() => String, { nullable: true, description: "Web address of a picture, at most 2,000 characters; null clears it." })
  profilePictureUrl?: string | null;

  @Field(() => String, { nullable: true, description: "The present password; needed to change the e-mail address." })
  currentPassword?: string;
}

@InputType({ description: "Changes of the viewer's settings; what is absent stays." })
export class UpdatePreferencesInput {
  @Field(() => LearningStyle, { nullable: true, description: "How the user likes to take things in; null clears it." })
  learningStyle?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Would the user rather learn with others? Null clears it." })
  collaborativeLearning?: boolean | null;

  @Field(() => Float, { nullable: true, description: "Hours a week that the user can give, 0 to 168, to a hundredth; null clears it." })
  timeCommitmentHoursWeek?: number | null;

  @Field(() => Int, { nullable: true, description: "Months in which the user wants to get there, 1 to 600; null clears it." })
  timelineMonths?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Show points, streaks and badges?" })
  gamificationEnabled?: boolean;

  @Field(() => Boolean, { nullable: true, description: "Send reminders?" })
  reminderEnabled?: boolean;

  @Field(() => [String], { nullable: true, description: "Languages to learn in, most wanted first, at most 20 tags such as `en` or `hi`." })
  preferredLanguages?: string[];

  @Field(() => JSONValue, { nullable: true, description: "An object of at most 16,000 characters that takes the place of the present one." })
  accessibilityNeeds?: unknown;

  @Field(() => ContentFormat, { nullable: true, description: "The form of material that the user likes best; null clears it." })
  preferredContentFormat?: string | null;

  @Field(() => [ContentFormat], { nullable: true, description: "All forms of material that the user likes." })
  contentFormats?: string[];

  @Field(() => DayPart, { nullable: true, description: "When the user likes to learn; null clears it." })
  preferredLearningTime?: string | null;

  @Field(() => ThemeMode, { nullable: true, description: "Colours of the client." })
  themeMode?: string;

  @Field(() => Boolean, { nullable: true, description: "May records be used to personalise the service?" })
  aiPersonalizationOptIn?: boolean;

  @Field(() => Boolean, { nullable: true, description: "Does the user agree to the privacy notice? The time of the yes is kept." })
  privacyConsent?: boolean;

  @Field(() => JSONValue, { nullable: true, description: "Settings of clients: an object of at most 16,000 characters that takes the place of the present one." })
  extra?: unknown;
}

@InputType({ description: "The end of the viewer's account." })
export class DeleteAccountInput {
  @Field(() => String, { nullable: true, description: "The present password; needed by accounts that have one." })
  password?: string;
}

@ObjectType({ description: "The account with its new password.", simpleResolvers: true })
export class ChangePasswordPayload extends Payload {
  @Field(() => User, { nullable: true, description: "The viewer; all other devices are signed out." })
  user?: User;
}

@ObjectType({ description: "The changed account.", simpleResolvers: true })
export class UpdateUserPayload extends Payload {
  @Field(() => User, { nullable: true, description: "The viewer." })
  user?: User;
}

@ObjectType({ description: "The changed settings.", simpleResolvers: true })
export class UpdatePreferencesPayload extends Payload {
  @Field(() => UserPreferences, { nullable: true, description: "The viewer's settings." })
  preferences?: UserPreferences;
}

@ObjectType({ description: "An account that is gone.", simpleResolvers: true })
export class DeleteAccountPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the user." })
  userId?: string;
}
