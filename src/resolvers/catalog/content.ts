import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { courseVersions, modules, topics } from "../../db/tables/index.js";
import { Bound, bounds, Weight } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { CourseVersion, Module, Topic } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";
import { htmlOf } from "../../services/markdown.js";

type ModuleRow = typeof modules.$inferSelect;
type TopicRow = Omit<typeof topics.$inferSelect, "content">;
type CourseVersionRow = typeof courseVersions.$inferSelect;

@Resolver(() => Module)
export class ModuleEdges {
  @Can("course")
  @FieldResolver(() => Course, { nullable: true, description: "The course." })
  course(@Root() { courseId }: ModuleRow, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(courseId);
  }

  @Bound(bounds.moduleTopics)
  @Can("course")
  @FieldResolver(() => [Topic], { description: "Its topics in order, archived ones left out." })
  topics(@Root() module: ModuleRow, @Ctx() { loaders }: Context) {
    return loaders.topicsByModule.load(module.id);
  }
}

@Resolver(() => Topic)
export class TopicEdges {
  @Can("course")
  @FieldResolver(() => Module, { nullable: true, description: "The module." })
  module(@Root() { moduleId }: TopicRow, @Ctx() { loaders }: Context) {
    return loaders.moduleById.load(moduleId);
  }

  @Can("content")
  @FieldResolver(() => String, { nullable: true, description: "The page itself: Markdown, which may hold HTML." })
  async content(@Root() topic: TopicRow, @Ctx() { loaders }: Context) {
    return (await loaders.readableTopicById.load(topic.id))?.content ?? null;
  }

  @Weight(50)
  @Can("content")
  @FieldResolver(() => String, {
    nullable: true,
    description: "The page as HTML that is safe to show: no scripts, styles, frames or forms; links by http, https and mailto, images by https. Costs 50.",
  })
  async contentHtml(@Root() topic: TopicRow, @Ctx() { loaders }: Context) {
    const readable = await loaders.readableTopicById.load(topic.id);
    return readable && htmlOf(readable.content);
  }
}

@Resolver(() => CourseVersion)
export class CourseVersionEdges {
  @Can("course")
  @FieldResolver(() => Course, { nullable: true, description: "The course." })
  course(@Root() { courseId }: CourseVersionRow, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(courseId);
  }
}
