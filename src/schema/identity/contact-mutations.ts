import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/payload.js";
import { UUID } from "../../graphql/scalars.js";
import { ContactKind, UserContact } from "./user.js";

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
