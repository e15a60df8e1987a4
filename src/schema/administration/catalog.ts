import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { skills } from "../../db/tables/index.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { NsqfLevel } from "../catalog/level.js";
import { Provider } from "../catalog/provider.js";
import { Skill, SkillCategory } from "../catalog/skill.js";

type SkillRow = typeof skills.$inferSelect;

@InputType({ description: "What a provider says besides its name." })
abstract class ProviderFields {
  @Field(() => String, { nullable: true, description: "Short name in addresses: lower-case letters and digits with hyphens between words, at most 100 characters, unique." })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: "State or region it serves, at most 100 characters; null for the whole country." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "http or https address, at most 2000 characters." })
  websiteUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Do its courses follow the NSQF? Yes when a new provider does not say." })
  isNsqfAligned?: boolean | null;
}

@InputType({ description: "A provider to add. Without a slug it gets one made from its name." })
export class CreateProviderInput extends ProviderFields {
  @Field(() => String, { description: "Official name, at most 255 characters." })
  name!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a provider. An absent field stays; null clears region and web site." })
export class UpdateProviderInput extends ProviderFields {
  @Field(() => ID, { description: "The provider." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Official name, at most 255 characters; cannot be cleared." })
  name?: string | null;
}

@ObjectType({ description: "Answer of `createProvider`.", simpleResolvers: true })
export class CreateProviderPayload extends Payload {
  @Field(() => Provider, { nullable: true, description: "The new provider." })
  provider!: Provider | null;
}

@ObjectType({ description: "Answer of `updateProvider`.", simpleResolvers: true })
export class UpdateProviderPayload extends Payload {
  @Field(() => Provider, { nullable: true, description: "The provider as it is now." })
  provider!: Provider | null;
}

@InputType({ description: "What a skill of the catalogue says besides its name." })
abstract class SkillFields {
  @Field(() => SkillCategory, { nullable: true, description: "Kind of skill; null when nobody has sorted it yet." })
  category?: SkillRow["category"];

  @Field(() => [String], { nullable: true, description: "Words that go with it, at most 50 of 100 characters." })
  keywords?: string[] | null;
}

@InputType({ description: "A skill to add to the catalogue." })
export class CreateSkillInput extends SkillFields {
  @Field(() => String, { description: "Canonical name, at most 255 characters; neither a name nor an alias of another skill, whatever the case." })
  name!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a skill of the catalogue. An absent field stays; null clears category and keywords." })
export class UpdateCatalogSkillInput extends SkillFields {
  @Field(() => ID, { description: "The skill." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Canonical name, as in `createSkill`. The former name stays as an alias." })
  name?: string | null;
}

@ObjectType({ description: "Answer of `createSkill`.", simpleResolvers: true })
export class CreateSkillPayload extends Payload {
  @Field(() => Skill, { nullable: true, description: "The new skill." })
  skill!: Skill | null;
}

@ObjectType({ description: "Answer of `updateCatalogSkill`.", simpleResolvers: true })
export class UpdateCatalogSkillPayload extends Payload {
  @Field(() => Skill, { nullable: true, description: "The skill as it is now." })
  skill!: Skill | null;
}

@InputType({ description: "Another spelling of a skill." })
export class AddSkillAliasInput {
  @Field(() => ID, { description: "The skill; it may have 50 aliases." })
  skillId!: string;

  @Field(() => String, { description: "The spelling, at most 255 characters; neither a name nor an alias of another skill, whatever the case." })
  alias!: string;
}

@ObjectType({ description: "Answer of `addSkillAlias`.", simpleResolvers: true })
export class AddSkillAliasPayload extends Payload {
  @Field(() => Skill, { nullable: true, description: "The skill with its aliases." })
  skill!: Skill | null;
}

@InputType({ description: "A spelling that no longer leads to a skill." })
export class RemoveSkillAliasInput {
  @Field(() => ID, { description: "The skill." })
  skillId!: string;

  @Field(() => String, { description: "One of its aliases, whatever the case." })
  alias!: string;
}

@ObjectType({ description: "Answer of `removeSkillAlias`.", simpleResolvers: true })
export class RemoveSkillAliasPayload extends Payload {
  @Field(() => Skill, { nullable: true, description: "The skill with the aliases that are left." })
  skill!: Skill | null;
}

@InputType({ description: "Changes to what is said of an NSQF level; the levels themselves are those of the framework." })
export class UpdateNsqfLevelInput {
  @Field(() => ID, { description: "The level." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "What holders of this level can do, at most 2000 characters; cannot be cleared." })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "What people usually bring, at most 500 characters; null clears it." })
  typicalEntry?: string | null;
}

@ObjectType({ description: "Answer of `updateNsqfLevel`.", simpleResolvers: true })
export class UpdateNsqfLevelPayload extends Payload {
  @Field(() => NsqfLevel, { nullable: true, description: "The level as it is now." })
  nsqfLevel!: NsqfLevel | null;
}
