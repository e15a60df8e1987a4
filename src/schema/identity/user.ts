import { Field, Float, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { authSessions, externalIdentities, userContacts, userPreferences, users } from "../../db/tables/index.js";
import {
  accountStatuses, contactKinds, contentFormats, dayParts, themeModes, userRoles,
} from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Node } from "../../graphql/node.js";
import { DateTime, EmailAddress, JSONValue } from "../../graphql/scalars.js";
import { LearningStyle } from "../../graphql/shared-enums.js";

type UserRow = typeof users.$inferSelect;
type PreferencesRow = typeof userPreferences.$inferSelect;
type ContactRow = typeof userContacts.$inferSelect;
type SessionRow = typeof authSessions.$inferSelect;
type ProviderRow = typeof externalIdentities.$inferSelect;

export const UserRole = enumOf("UserRole", "What an account may do.", userRoles, {
  student: "Learns: sees the own records and the open catalogue.",
  teacher: "Writes courses and sees the progress of the learners in them.",
  admin: "Runs the service and sees everything.",
});

export const AccountStatus = enumOf("AccountStatus", "Whether an account may be used.", accountStatuses, {
  active: "Signs in as usual.",
  inactive: "Put to rest; cannot sign in.",
  suspended: "Shut by an admin; cannot sign in.",
});

export const ContactKind = enumOf("ContactKind", "What a contact is.", contactKinds, {
  email: "A further e-mail address.",
  phone: "A phone number.",
});

export const ContentFormat = enumOf("ContentFormat", "The form of learning material.", contentFormats, {
  video: "Recorded film.",
  text: "Pages to read.",
  audio: "Recorded speech.",
  interactive: "Exercises that react.",
  quiz: "Questions with answers.",
  vr: "Scenes in virtual reality.",
});

export const DayPart = enumOf("DayPart", "A part of the day, in the learner's own time zone.", dayParts, {
  morning: "Before noon.",
  afternoon: "From noon to early evening.",
  evening: "After the day's work.",
  night: "Late, and before dawn.",
});

export const ThemeMode = enumOf("ThemeMode", "Colours of the client.", themeModes, {
  light: "Dark text on a light ground.",
  dark: "Light text on a dark ground.",
  system: "As the device is set.",
});

@Can("signedIn")
@ObjectType({
  description: "A person with an account. Everyone signed in sees the public profile; the rest belongs to the user.",
  implements: Node,
  simpleResolvers: true,
})
export class User
  extends Node
  implements Omit<UserRow, "id" | "passwordHash" | "metadata">
{
  @Field(() => String, { description: "Name in the service, unique, 3 to 50 characters." })
  username!: string;

  @Field(() => String, { description: "Name as it is shown." })
  fullName!: string;

  @Field(() => String, { nullable: true, description: "Address of a picture." })
  profilePictureUrl!: string | null;

  @Can("self")
  @Field(() => EmailAddress, { nullable: true, description: "Address to sign in with; null for accounts of outside providers that told none." })
  email!: string | null;

  @Can("self")
  @Field(() => String, { nullable: true, description: "Id in the system from which the account came." })
  externalId!: string | null;

  @Can("self")
  @Field(() => String, { nullable: true, description: "Given name." })
  firstName!: string | null;

  @Can("self")
  @Field(() => String, { nullable: true, description: "Family name." })
  lastName!: string | null;

  @Can("self")
  @Field(() => UserRole, { nullable: true, description: "What the account may do." })
  role!: UserRow["role"];

  @Can("self")
  @Field(() => AccountStatus, { nullable: true, description: "Whether the account may be used." })
  status!: UserRow["status"];

  @Can("self")
  @Field(() => Boolean, { nullable: true, description: "Is the status ACTIVE?" })
  isActive!: boolean | null;

  @Can("self")
  @Field(() => String, { nullable: true, description: "Language of the interface, as a tag such as `en` or `hi`." })
  language!: string;

  @Can("self")
  @Field(() => String, { nullable: true, description: "Time zone, an IANA name; days of the streak begin and end in it." })
  timezone!: string;

  @Can("self")
  @Field(() => DateTime, { nullable: true, description: "When the user last signed in." })
  lastLoginAt!: string | null;

  @Can("self")
  @Field(() => DateTime, { nullable: true, description: "When the user was last here, to about a quarter of an hour." })
  lastActiveAt!: string | null;

  @Can("self")
  @Field(() => DateTime, { nullable: true, description: "When the account was deleted." })
  deletedAt!: string | null;

  @Can("self")
  @Field(() => DateTime, { nullable: true, description: "When the account was made." })
  createdAt!: string;

  @Can("self")
  @Field(() => DateTime, { nullable: true, description: "When the account last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "Settings that a user chose.", implements: Node, simpleResolvers: true })
export class UserPreferences extends Node implements Omit<PreferencesRow, "id" | "userId"> {
  @Field(() => LearningStyle, { nullable: true, description: "How the user likes to take things in." })
  learningStyle!: PreferencesRow["learningStyle"];

  @Field(() => Boolean, { nullable: true, description: "Would the user rather learn with others?" })
  collaborativeLearning!: boolean | null;

  @Field(() => Float, { nullable: true, description: "Hours a week that the user can give, 0 to 168." })
  timeCommitmentHoursWeek!: string | null;

  @Field(() => Int, { nullable: true, description: "Months in which the user wants to get there, 1 or more." })
  timelineMonths!: number | null;

  @Field(() => Boolean, { description: "Show points, streaks and badges?" })
  gamificationEnabled!: boolean;

  @Field(() => Boolean, { description: "Send reminders?" })
  reminderEnabled!: boolean;

  @Field(() => [String], { description: "Languages to learn in, most wanted first, as tags such as `en` or `hi`." })
  preferredLanguages!: string[];

  @Field(() => JSONValue, { description: "What the client should do to be usable, such as larger text." })
  accessibilityNeeds!: unknown;

  @Field(() => ContentFormat, { nullable: true, description: "The form of material that the user likes best." })
  preferredContentFormat!: PreferencesRow["preferredContentFormat"];

  @Field(() => [ContentFormat], { description: "All forms of material that the user likes." })
  contentFormats!: PreferencesRow["contentFormats"];

  @Field(() => DayPart, { nullable: true, description: "When the user likes to learn." })
  preferredLearningTime!: PreferencesRow["preferredLearningTime"];

  @Field(() => ThemeMode, { description: "Colours of the client." })
  themeMode!: PreferencesRow["themeMode"];

  @Field(() => Boolean, { description: "May records be used to personalise the service?" })
  aiPersonalizationOptIn!: boolean;

  @Field(() => Boolean, { description: "Has the user agreed to the privacy notice?" })
  privacyConsent!: boolean;

  @Field(() => DateTime, { nullable: true, description: "When the user agreed; null without consent." })
  privacyConsentAt!: string | null;

  @Field(() => JSONValue, { description: "Settings of clients that have no field of their own." })
  extra!: unknown;

  @Field(() => DateTime, { description: "When the settings were first kept." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When the settings last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "A further e-mail address or a phone number of a user.", implements: Node, simpleResolvers: true })
export class UserContact extends Node implements Omit<ContactRow, "id" | "userId"> {
  @Field(() => ContactKind, { description: "Address or number." })
  kind!: ContactRow["kind"];

  @Field(() => String, { description: "The address or the number." })
  value!: string;

  @Field(() => Boolean, { description: "Is it the one to use among its kind?" })
  isPrimary!: boolean;

  @Field(() => DateTime, { nullable: true, description: "When it was shown to be the user's; null while it is not." })
  verifiedAt!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("owner")
@ObjectType({ description: "A device on which a user is signed in.", implements: Node, simpleResolvers: true })
export class AuthSession extends Node implements Pick<SessionRow, "userAgent" | "ipAddress" | "expiresAt" | "createdAt"> {
  @Field(() => String, { nullable: true, description: "What the client called itself." })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: "Network address when it was last refreshed." })
  ipAddress!: string | null;

  @Field(() => DateTime, { description: "When it ends unless it is refreshed." })
  expiresAt!: string;

  @Field(() => DateTime, { description: "When it was last refreshed." })
  createdAt!: string;
}

@ObjectType({ description: "A device in a list." })
export class AuthSessionEdge extends EdgeOf(() => AuthSession) {}

@ObjectType({ description: "A list of devices." })
export class AuthSessionConnection extends ConnectionOf(() => AuthSession, () => AuthSessionEdge) {}

@Can("owner")
@ObjectType({ description: "An account at an outside sign-in provider that opens this one.", simpleResolvers: true })
export class SignInProvider implements Pick<ProviderRow, "provider" | "email" | "createdAt"> {
  @Field(() => String, { description: "The provider's issuer address." })
  provider!: string;

  @Field(() => EmailAddress, { nullable: true, description: "The verified e-mail address that the provider told." })
  email!: string | null;

  @Field(() => DateTime, { description: "When it was linked." })
  createdAt!: string;
}
