import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courseVersions, modules, topics } from "../../db/tables/index.js";
import { ConnectionOf, EdgeOf, ListArgsOf } from "../../graphql/connection.js";
import { enumOf } from "../../graphql/enums.js";
import { Combinable, IDFilter, IntFilter, type Combined } from "../../graphql/filters.js";
import { Node } from "../../graphql/node.js";
import { orderFieldsOf, OrderOf } from "../../graphql/order.js";
import { DateTime, JSONValue } from "../../graphql/scalars.js";

type ModuleRow = typeof modules.$inferSelect;
type TopicRow = typeof topics.$inferSelect;
type CourseVersionRow = typeof courseVersions.$inferSelect;

@Can("course")
@ObjectType({ description: "A week of a course. Archived modules are not shown.", implements: Node, simpleResolvers: true })
export class Module extends Node implements Omit<ModuleRow, "id" | "courseId" | "archivedAt"> {
  @Field(() => Int, { description: "Week of the course, from 1; unique within it." })
  week!: number;

  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => String, { nullable: true, description: "What the week is about." })
  description!: string | null;

  @Field(() => [String], { description: "What learners can do after it." })
  learningObjectives!: string[];

  @Field(() => Int, { nullable: true, description: "Place in the course, before the week; null when the week alone decides." })
  orderIndex!: number | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@Can("course")
@ObjectType({ description: "A page of a module. Archived topics are not shown.", implements: Node, simpleResolvers: true })
export class Topic extends Node implements Omit<TopicRow, "id" | "moduleId" | "content" | "archivedAt"> {
  @Field(() => String, { description: "Title." })
  title!: string;

  @Field(() => Int, { nullable: true, description: "Place in the module, from 0." })
  orderIndex!: number | null;

  @Field(() => Int, { nullable: true, description: "Minutes that it takes, as its author thinks." })
  estimatedMinutes!: number | null;

  @Field(() => DateTime, { description: "When it was added." })
  createdAt!: string;

  @Field(() => DateTime, { description: "When it last changed." })
  updatedAt!: string;
}

@ObjectType({ description: "A topic in a list." })
export class TopicEdge extends EdgeOf(() => Topic) {}

@ObjectType({ description: "A list of topics." })
export class TopicConnection extends ConnectionOf(() => Topic, () => TopicEdge) {}

@InputType({ description: "Conditions on topics; all that are given must hold." })
@Combinable()
export class TopicWhere implements Combined<TopicWhere> {
  declare AND?: TopicWhere[];
  declare OR?: TopicWhere[];
  declare NOT?: TopicWhere;

  @Field(() => IDFilter, { nullable: true, description: "The module it belongs to." })
  module?: IDFilter;

  @Field(() => IntFilter, { nullable: true, description: "Minutes that it takes." })
  estimatedMinutes?: IntFilter;
}

export const TopicOrderField = orderFieldsOf("TopicOrderField", {
  OUTLINE: "As the course runs: by module, then by place in the module.",
});

@InputType({ description: "Order of topics." })
export class TopicOrder extends OrderOf<keyof typeof TopicOrderField>(() => TopicOrderField) {}

@ArgsType()
export class TopicsArgs extends ListArgsOf(() => TopicWhere, () => TopicOrder, "as the course runs") {}

@Can("course")
@ObjectType({ description: "An outline of a course as it was published.", implements: Node, simpleResolvers: true })
export class CourseVersion
  extends Node
  implements Pick<CourseVersionRow, "version" | "outline" | "publishedAt" | "createdAt">
{
  @Field(() => Int, { description: "Its number within the course, from 1." })
  version!: number;

  @Field(() => JSONValue, { description: "Modules and their topics, each by id and title." })
  outline!: unknown;

  @Field(() => DateTime, { description: "When it was published." })
  publishedAt!: string;

  @Field(() => DateTime, { description: "When it was recorded." })
  createdAt!: string;
}

@ObjectType({ description: "A published outline in a list." })
export class CourseVersionEdge extends EdgeOf(() => CourseVersion) {}

@ObjectType({ description: "A list of published outlines." })
export class CourseVersionConnection extends ConnectionOf(() => CourseVersion, () => CourseVersionEdge) {}

@InputType({ description: "Conditions on published outlines; all that are given must hold." })
@Combinable()
export class CourseVersionWhere implements Combined<CourseVersionWhere> {
  declare AND?: CourseVersionWhere[];
  declare OR?: CourseVersionWhere[];
  declare NOT?: CourseVersionWhere;

  @Field(() => IntFilter, { nullable: true, description: "Number within the course." })
  version?: IntFilter;
}

export const CourseVersionOrderField = orderFieldsOf("CourseVersionOrderField", { VERSION: "By number." });

@InputType({ description: "Order of published outlines." })
export class CourseVersionOrder extends OrderOf<keyof typeof CourseVersionOrderField>(() => CourseVersionOrderField) {}

@ArgsType()
export class CourseVersionsArgs extends ListArgsOf(() => CourseVersionWhere, () => CourseVersionOrder, "latest first") {}

const outlineItemKinds = ["module", "topic"] as const;
const outlineChangeKinds = ["added", "removed", "renamed"] as const;

export const OutlineItemKind = enumOf("OutlineItemKind", "What an item of an outline is.", outlineItemKinds, {
  module: "A module.",
  topic: "A topic.",
});

export const OutlineChangeKind = enumOf("OutlineChangeKind", "What happened to an item of an outline.", outlineChangeKinds, {
  added: "It is new.",
  removed: "It is gone from the outline; whoever completed it keeps that.",
  renamed: "Its title changed.",
});

@Can("course")
@ObjectType({ description: "One difference between two outlines of a course.", simpleResolvers: true })
export class OutlineChange {
  @Field(() => OutlineChangeKind, { description: "What happened." })
  kind!: (typeof outlineChangeKinds)[number];

  @Field(() => OutlineItemKind, { description: "To what kind of item." })
  item!: (typeof outlineItemKinds)[number];

  @Field(() => ID, { description: "Global id of the module or topic; `node` finds it while it is in the outline." })
  itemId!: string;

  @Field(() => String, { nullable: true, description: "The title before; null for new items." })
  before!: string | null;

  @Field(() => String, { nullable: true, description: "The title now; null for removed items." })
  after!: string | null;
}
