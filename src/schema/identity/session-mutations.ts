import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/payload.js";
import { DateTime } from "../../graphql/scalars.js";
import { User } from "./user.js";

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
