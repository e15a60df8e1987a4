import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { Payload } from "../../graphql/payload.js";
import { DateTime, UUID } from "../../graphql/scalars.js";
import { Module } from "../catalog/content.js";
import { Course } from "../catalog/course.js";

@InputType({ description: "What a module says besides its title." })
abstract class ModuleFields {
  @Field(() => String, { nullable: true, description: "What the week is about, at most 5000 characters." })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: "What learners can do after it: at most 10 of at most 500 characters. Cannot be cleared, but emptied." })
  learningObjectives?: string[] | null;
}

@InputType({ description: "A module to add at the end of a course." })
export class CreateModuleInput extends ModuleFields {
  @Field(() => ID, { description: "The course; it holds at most 30 modules that are not archived." })
  courseId!: string;

  @Field(() => String, { description: "Title, at most 300 characters." })
  title!: string;

  @Field(() => UUID, { nullable: true, description: "A repeated key answers as the first time, for 24 hours." })
  idempotencyKey?: string | null;
}

@InputType({ description: "Changes to a module. An absent field stays, null clears it." })
export class UpdateModuleInput extends ModuleFields {
  @Field(() => ID, { description: "The module." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;

  @Field(() => String, { nullable: true, description: "Title, at most 300 characters; cannot be cleared." })
  title?: string | null;
}

@InputType({ description: "Which module, as of when the client knows it." })
abstract class KnownModule {
  @Field(() => ID, { description: "The module." })
  id!: string;

  @Field(() => DateTime, { description: "Its `updatedAt` as it was read; CONFLICT when somebody changed it since." })
  expectedUpdatedAt!: string;
}

@InputType({ description: "The module to archive." })
export class ArchiveModuleInput extends KnownModule {}

@InputType({ description: "The module to restore." })
export class RestoreModuleInput extends KnownModule {}

@InputType({ description: "The modules of a course in their new order." })
export class ReorderModulesInput {
  @Field(() => ID, { description: "The course." })
  id!: string;

  @Field(() => DateTime, { description: "The course's `updatedAt` as it was read; CONFLICT when somebody changed it or its list of modules since." })
  expectedUpdatedAt!: string;

  @Field(() => [ID], { description: "All its modules that are not archived, each once." })
  moduleIds!: string[];
}

@Can("staff")
@ObjectType({ description: "Answer of `createModule`.", simpleResolvers: true })
export class CreateModulePayload extends Payload {
  @Field(() => Module, { nullable: true, description: "The new module." })
  module!: Module | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `updateModule`.", simpleResolvers: true })
export class UpdateModulePayload extends Payload {
  @Field(() => Module, { nullable: true, description: "The module as it is now." })
  module!: Module | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `archiveModule`.", simpleResolvers: true })
export class ArchiveModulePayload extends Payload {
  @Field(() => Module, { nullable: true, description: "The module, no longer in the course." })
  module!: Module | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `restoreModule`.", simpleResolvers: true })
export class RestoreModulePayload extends Payload {
  @Field(() => Module, { nullable: true, description: "The module, in the course again." })
  module!: Module | null;
}

@Can("staff")
@ObjectType({ description: "Answer of `reorderModules`.", simpleResolvers: true })
export class ReorderModulesPayload extends Payload {
  @Field(() => Course, { nullable: true, description: "The course with its modules in the new order." })
  course!: Course | null;
}
