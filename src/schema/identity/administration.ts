import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/payload.js";
import { AccountStatus, User, UserRole } from "./user.js";

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
