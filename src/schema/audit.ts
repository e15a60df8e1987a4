import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { auditLogs } from "../db/tables/index.js";
import { ConnectionOf, EdgeOf, PageArgs } from "../graphql/connection.js";
import { BooleanFilter, Combinable, DateTimeFilter, IDFilter, StringFilter, type Combined } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { orderFieldsOf, SortDirection } from "../graphql/order.js";
import { DateTime, JSONValue, UUID } from "../graphql/scalars.js";

type AuditRow = typeof auditLogs.$inferSelect;

@Can("admin")
@ObjectType({ description: "One line of the audit log: who did what to whom.", implements: Node, simpleResolvers: true })
export class AuditLog extends Node implements Omit<AuditRow, "id" | "userId" | "subjectUserId"> {
  @Field(() => String, { nullable: true, description: "Who acted, where that was no account, such as a job." })
  actorLabel!: string | null;

  @Field(() => String, { description: "What was done, such as `identity.sign_in`." })
  action!: string;

  @Field(() => String, { nullable: true, description: "The part of the service that did it." })
  module!: string | null;

  @Field(() => String, { description: "What kind of thing it was done to." })
  entityType!: string;

  @Field(() => UUID, { nullable: true, description: "Key of the thing in the database." })
  entityId!: string | null;

  @Field(() => String, { nullable: true, description: "Key of a thing that has no uuid." })
  entityKey!: string | null;

  @Field(() => JSONValue, { nullable: true, description: "What changed, as it was before; never secrets." })
  oldValues!: unknown;

  @Field(() => JSONValue, { nullable: true, description: "What changed, as it is since; never secrets." })
  newValues!: unknown;

  @Field(() => String, { nullable: true, description: "Network address of the request." })
  ipAddress!: string | null;

  @Field(() => String, { nullable: true, description: "What the client called itself." })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: "The session in which it was done." })
  sessionId!: string | null;

  @Field(() => Boolean, { description: "Did it succeed?" })
  isSuccess!: boolean;

  @Field(() => String, { nullable: true, description: "Why it failed." })
  errorMessage!: string | null;

  @Field(() => DateTime, { description: "When it was done." })
  createdAt!: string;
}

@ObjectType({ description: "A line of the audit log in a list." })
export class AuditLogEdge extends EdgeOf(() => AuditLog) {}

@ObjectType({ description: "A list of lines of the audit log." })
export class AuditLogConnection extends ConnectionOf(() => AuditLog, () => AuditLogEdge) {}

@InputType({ description: "Conditions on lines of the audit log; all that are given must hold." })
@Combinable()
export class AuditLogWhere implements Combined<AuditLogWhere> {
  declare AND?: AuditLogWhere[];
  declare OR?: AuditLogWhere[];
  declare NOT?: AuditLogWhere;

  @Field(() => StringFilter, { nullable: true, description: "What was done." })
  action?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "What kind of thing it was done to." })
  entityType?: StringFilter;

  @Field(() => IDFilter, { nullable: true, description: "The user who acted." })
  actor?: IDFilter;

  @Field(() => IDFilter, { nullable: true, description: "The user who was acted upon." })
  subject?: IDFilter;

  @Field(() => BooleanFilter, { nullable: true, description: "Succeeded or failed." })
  isSuccess?: BooleanFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was done." })
  createdAt?: DateTimeFilter;
}

export const AuditLogOrderField = orderFieldsOf("AuditLogOrderField", { CREATED_AT: "By time." });

@InputType({ description: "Order of lines of the audit log." })
export class AuditLogOrder {
  @Field(() => AuditLogOrderField, { description: "What to order by." })
  field!: keyof typeof AuditLogOrderField;

  @Field(() => SortDirection, { description: "Which way." })
  direction!: SortDirection;
}

@ArgsType()
export class AuditLogsArgs extends PageArgs {
  @Field(() => AuditLogWhere, { nullable: true, description: "Only lines for which this holds." })
  where?: AuditLogWhere;

  @Field(() => AuditLogOrder, { nullable: true, description: "The order; newest first when absent." })
  orderBy?: AuditLogOrder;
}
