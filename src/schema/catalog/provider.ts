import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { providers } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { BooleanFilter, Combinable, StringFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime } from "../../graphql/scalars.js";

type ProviderRow = typeof providers.$inferSelect;

@Public()
@ObjectType({ description: "An institution that offers courses.", implements: Node, simpleResolvers: true })
export class Provider
  extends Node
  implements Pick<ProviderRow, "name" | "slug" | "region" | "websiteUrl" | "isNsqfAligned" | "createdAt" | "updatedAt">
{
  @Field(() => String, { description: "Official name." })
  name!: string;

  @Field(() => String, { description: "Short name in addresses, unique." })
  slug!: string;

  @Field(() => String, { nullable: true, description: "State or region it serves; null for the whole country." })
  region!: string | null;

  @Field(() => String, { nullable: true, description: "Its web site." })
  websiteUrl!: string | null;

  @Field(() => Boolean, { description: "Do its courses follow the NSQF?" })
  isNsqfAligned!: boolean;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A provider in a list." })
export class ProviderEdge extends EdgeOf(() => Provider) {}

@ObjectType({ description: "A list of providers." })
export class ProviderConnection extends ConnectionOf(() => Provider, () => ProviderEdge) {}

@InputType({ description: "Conditions on providers; all that are given must hold." })
@Combinable()
export class ProviderWhere implements Combined<ProviderWhere> {
  declare AND?: ProviderWhere[];
  declare OR?: ProviderWhere[];
  declare NOT?: ProviderWhere;

  @Field(() => String, { nullable: true, description: "The name contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => StringFilter, { nullable: true, description: "Short name in addresses." })
  slug?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "State or region." })
  region?: StringFilter;

  @Field(() => BooleanFilter, { nullable: true, description: "Follows the NSQF or not." })
  isNsqfAligned?: BooleanFilter;
}

export const ProviderOrderField = orderFieldsOf("ProviderOrderField", {
  NAME: "By name.",
  CREATED_AT: "By the time of being added.",
});

@InputType({ description: "Order of providers." })
export class ProviderOrder extends OrderOf<keyof typeof ProviderOrderField>(() => ProviderOrderField) {}

@ArgsType()
export class ProvidersArgs extends ListArgsOf(() => ProviderWhere, () => ProviderOrder, "by name") {}
