import { ArgsType, Field, Float, InputType, ObjectType } from "type-graphql";
import { Public } from "../../auth/policy.js";
import type { nsqfLevels } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { Combinable, FloatFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime } from "../../graphql/scalars.js";

type NsqfLevelRow = typeof nsqfLevels.$inferSelect;

@Public()
@ObjectType({
  description: "A level of the National Skills Qualifications Framework, from 1 to 10 in half steps.",
  implements: Node,
  simpleResolvers: true,
})
export class NsqfLevel
  extends Node
  implements Pick<NsqfLevelRow, "level" | "description" | "typicalEntry" | "createdAt" | "updatedAt">
{
  @Field(() => Float, { description: "The level, such as 4 or 4.5." })
  level!: string;

  @Field(() => String, { description: "What holders of this level can do." })
  description!: string;

  @Field(() => String, { nullable: true, description: "What people usually bring when they start here." })
  typicalEntry!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "An NSQF level in a list." })
export class NsqfLevelEdge extends EdgeOf(() => NsqfLevel) {}

@ObjectType({ description: "A list of NSQF levels." })
export class NsqfLevelConnection extends ConnectionOf(() => NsqfLevel, () => NsqfLevelEdge) {}

@InputType({ description: "Conditions on NSQF levels; all that are given must hold." })
@Combinable()
export class NsqfLevelWhere implements Combined<NsqfLevelWhere> {
  declare AND?: NsqfLevelWhere[];
  declare OR?: NsqfLevelWhere[];
  declare NOT?: NsqfLevelWhere;

  @Field(() => FloatFilter, { nullable: true, description: "The level itself." })
  level?: FloatFilter;
}

export const NsqfLevelOrderField = orderFieldsOf("NsqfLevelOrderField", { LEVEL: "By level." });

@InputType({ description: "Order of NSQF levels." })
export class NsqfLevelOrder extends OrderOf<keyof typeof NsqfLevelOrderField>(() => NsqfLevelOrderField) {}

@ArgsType()
export class NsqfLevelsArgs extends ListArgsOf(() => NsqfLevelWhere, () => NsqfLevelOrder, "from the lowest") {}
