import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { Can, Public } from "../../auth/policy.js";
import type { courseSkills, skills } from "../../db/tables/index.js";
import { skillCategories } from "../../db/value-sets.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Combinable, EnumFilterOf, StringFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime } from "../../graphql/scalars.js";

type SkillRow = typeof skills.$inferSelect;
type CourseSkillRow = typeof courseSkills.$inferSelect;

export const SkillCategory = enumOf("SkillCategory", "Kind of a skill.", skillCategories, {
  technical: "Bound to tools, materials or methods of a trade.",
  soft: "Working with people and with oneself.",
  foundational: "Reading, numbers, language and basic digital use.",
});

@Public()
@ObjectType({ description: "A skill under its one canonical name.", implements: Node, simpleResolvers: true })
export class Skill
  extends Node
  implements Pick<SkillRow, "name" | "category" | "keywords" | "createdAt" | "updatedAt">
{
  @Field(() => String, { description: "Canonical name; no two differ by case alone." })
  name!: string;

  @Field(() => SkillCategory, { nullable: true, description: "Kind of skill; null when nobody has sorted it yet." })
  category!: SkillRow["category"];

  @Field(() => [String], { description: "Words that go with it." })
  keywords!: string[];

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A skill in a list." })
export class SkillEdge extends EdgeOf(() => Skill) {}

@ObjectType({ description: "A list of skills." })
export class SkillConnection extends ConnectionOf(() => Skill, () => SkillEdge) {}

@Can("course")
@ObjectType({ description: "A skill that a course teaches.", simpleResolvers: true })
export class CourseSkill implements Pick<CourseSkillRow, "isPrimary"> {
  @Field(() => Boolean, { description: "Is it the course's main subject, or taught beside it?" })
  isPrimary!: boolean;
}

@InputType({ description: "Conditions on the kind of a skill; all that are given must hold." })
export class SkillCategoryFilter extends EnumFilterOf<NonNullable<SkillRow["category"]>>(() => SkillCategory) {}

@InputType({ description: "Conditions on skills; all that are given must hold." })
@Combinable()
export class SkillWhere implements Combined<SkillWhere> {
  declare AND?: SkillWhere[];
  declare OR?: SkillWhere[];
  declare NOT?: SkillWhere;

  @Field(() => String, { nullable: true, description: "The name or an alias contains this or resembles it; at most 200 characters." })
  search?: string;

  @Field(() => SkillCategoryFilter, { nullable: true, description: "Kind of skill." })
  category?: SkillCategoryFilter;

  @Field(() => StringFilter, { nullable: true, description: "A word that goes with the skill." })
  keyword?: StringFilter;
}

export const SkillOrderField = orderFieldsOf("SkillOrderField", {
  NAME: "By name, upper and lower case alike.",
  CREATED_AT: "By the time of being added.",
});

@InputType({ description: "Order of skills." })
export class SkillOrder extends OrderOf<keyof typeof SkillOrderField>(() => SkillOrderField) {}

@ArgsType()
export class SkillsArgs extends ListArgsOf(() => SkillWhere, () => SkillOrder, "by name") {}
