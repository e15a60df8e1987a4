import { Field, ObjectType, registerEnumType } from "type-graphql";
import { errorCodes, type ErrorCode, type Problem } from "./errors.js";

const ErrorCodeEnum = Object.fromEntries(Object.keys(errorCodes).map((code) => [code, code]));

registerEnumType(ErrorCodeEnum, {
  name: "ErrorCode",
  description: "Codes of expected failures. Clients must accept codes that they do not know.",
  valuesConfig: Object.fromEntries(
    Object.entries(errorCodes).map(([code, description]) => [code, { description }]),
  ),
});

@ObjectType({ description: "An expected failure of a mutation.", simpleResolvers: true })
export class UserError implements Problem {
  @Field(() => ErrorCodeEnum, { description: "What went wrong, for programs." })
  code!: ErrorCode;

  @Field(() => [String], { description: "Where in the arguments, such as `[\"input\", \"email\"]`." })
  path!: string[];

  @Field(() => String, { description: "What went wrong, for people." })
  message!: string;
}

/** Base of every mutation's payload: the entity fields are null exactly when there are errors. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], { description: "All expected failures together; empty on success." })
  errors!: UserError[];
}
