import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../graphql/payload.js";
import { DateTime, JSONValue, UUID } from "../graphql/scalars.js";
import { LearningStyle } from "../graphql/shared-enums.js";
import {
  AccountStatus, ContactKind, ContentFormat, DayPart, ThemeMode, User, UserContact, UserPreferences, UserRole,
} from "./identity.js";

@InputType({ description: "Who wants to learn here." })
export class SignUpInput {
  @Field(() => String, { description: "E-mail address to sign in with." })
  email!: string;

  @Field(() => String, { description: "8 to 128 characters; passwords that everybody guesses are refused." })
  password!: string;

  @Field(() => String, { description: "Name as it is shown, at most 200 characters." })
  fullName!: string;

  @Field(() => String, { nullable: true, description: "Given name, at most 100 characters." })
  firstName?: string;

  @Field(() => String, { nullable: true, description: "Family name, at most 100 characters." })
  lastName?: string;

  @Field(() => String, { nullable: true, description: "3 to 50 letters, digits, dots, hyphens and underscores; made of the e-mail address when absent." })
  username?: string;

  @Field(() => String, { nullable: true, description: "Language of the interface, as a tag such as `en` or `hi`; English when absent." })
  language?: string;
}

@InputType({ description: "Who is there." })
export class SignInInput {
  @Field(() => String, { description: "E-mail address or username." })
  login!: string;

  @Field(() => String, { description: "Password." })
  password!: string;
}

@InputType({ description: "A refresh token to be changed into a new pair." })
export class RefreshSessionInput {
  @Field(() => String, { description: "The newest refresh token of the device; using one twice signs the device out." })
  refreshToken!: string;
}

@InputType({ description: "Which device to sign out." })
export class SignOutInput {
  @Field(() => ID, { nullable: true, description: "Global id of an AuthSession; the device that asks when absent." })
  sessionId?: string;
}

@InputType({ description: "Which devices to sign out." })
export class SignOutEverywhereInput {
  @Field(() => Boolean, { nullable: true, description: "Keep the device that asks signed in; no when absent." })
  keepCurrent?: boolean;
}

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

@InputType({ description: "A further address or a phone number." })
export class AddContactInput {
  @Field(() => ContactKind, { description: "Address or number." })
  kind!: string;

  @Field(() => String, { description: "The address, or a number of 7 to 15 digits with a plus before the country's code." })
  value!: string;

  @Field(() => Boolean, { nullable: true, description: "Make it the primary one of its kind; the first always is." })
  isPrimary?: boolean;

  @Field(() => UUID, { nullable: true, description: "Makes it safe to send the same input again for 24 hours." })
  idempotencyKey?: string;
}

@InputType({ description: "Changes of a contact; what is absent stays." })
export class UpdateContactInput {
  @Field(() => ID, { description: "Global id of the contact." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Another address or number; it has to be verified anew." })
  value?: string;

  @Field(() => Boolean, { nullable: true, description: "Yes makes it the primary one of its kind." })
  isPrimary?: boolean;
}

@InputType({ description: "A contact to remove." })
export class RemoveContactInput {
  @Field(() => ID, { description: "Global id of the contact." })
  id!: string;
}

@InputType({ description: "Another role for a user." })
export class UpdateUserRoleInput {
  @Field(() => ID, { description: "Global id of the user." })
  userId!: string;

  @Field(() => UserRole, { description: "What the account may do from now on." })
  role!: string;
}

@InputType({ description: "Another status for a user." })
export class UpdateUserStatusInput {
  @Field(() => ID, { description: "Global id of the user." })
  userId!: string;

  @Field(() => AccountStatus, { description: "Whether the account may be used; any but ACTIVE signs it out." })
  status!: string;
}

@InputType({ description: "The end of the viewer's account." })
export class DeleteAccountInput {
  @Field(() => String, { nullable: true, description: "The present password; needed by accounts that have one." })
  password?: string;
}

/** What a device gets when somebody signs in on it. */
@ObjectType({ simpleResolvers: true })
abstract class SessionPayload extends Payload {
  @Field(() => String, { nullable: true, description: "Goes into the header `Authorization: Bearer …`; lives for 15 minutes." })
  accessToken?: string;

  @Field(() => DateTime, { nullable: true, description: "When the access token ends." })
  accessTokenExpiresAt?: string;

  @Field(() => String, { nullable: true, description: "Gets the next pair of tokens from `refreshSession`, once; keep it secret." })
  refreshToken?: string;

  @Field(() => DateTime, { nullable: true, description: "When the refresh token ends unless it is used: 30 days." })
  refreshTokenExpiresAt?: string;

  @Field(() => User, { nullable: true, description: "Who is signed in now; the rest of the operation acts as this user." })
  user?: User;
}

@ObjectType({ description: "A new account, signed in.", simpleResolvers: true })
export class SignUpPayload extends SessionPayload {}

@ObjectType({ description: "A device that was signed in.", simpleResolvers: true })
export class SignInPayload extends SessionPayload {}

@ObjectType({ description: "The next pair of tokens of a device.", simpleResolvers: true })
export class RefreshSessionPayload extends SessionPayload {}

@ObjectType({ description: "A device that was signed out.", simpleResolvers: true })
export class SignOutPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the AuthSession that ended." })
  sessionId?: string;
}

@ObjectType({ description: "Devices that were signed out.", simpleResolvers: true })
export class SignOutEverywherePayload extends Payload {
  @Field(() => Int, { nullable: true, description: "How many devices these were." })
  signedOut?: number;
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

@ObjectType({ description: "A new contact.", simpleResolvers: true })
export class AddContactPayload extends Payload {
  @Field(() => UserContact, { nullable: true, description: "The contact." })
  contact?: UserContact;
}

@ObjectType({ description: "A changed contact.", simpleResolvers: true })
export class UpdateContactPayload extends Payload {
  @Field(() => UserContact, { nullable: true, description: "The contact." })
  contact?: UserContact;
}

@ObjectType({ description: "A contact that is gone.", simpleResolvers: true })
export class RemoveContactPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the contact." })
  removedId?: string;
}

@ObjectType({ description: "A user with another role.", simpleResolvers: true })
export class UpdateUserRolePayload extends Payload {
  @Field(() => User, { nullable: true, description: "The user." })
  user?: User;
}

@ObjectType({ description: "A user with another status.", simpleResolvers: true })
export class UpdateUserStatusPayload extends Payload {
  @Field(() => User, { nullable: true, description: "The user." })
  user?: User;
}

@ObjectType({ description: "An account that is gone.", simpleResolvers: true })
export class DeleteAccountPayload extends Payload {
  @Field(() => ID, { nullable: true, description: "Global id of the user." })
  userId?: string;
}
