import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { contentProgress, enrollments, skillMastery } from "../../db/tables/index.js";
import { Bound, bounds } from "../../graphql/bounds.js";
import type { Context } from "../../graphql/context.js";
import { Module, Topic } from "../../schema/catalog/content.js";
import { Course } from "../../schema/catalog/course.js";
import { Skill } from "../../schema/catalog/skill.js";
import { ContentProgress } from "../../schema/progress/content.js";
import { Enrollment, IncompleteReason } from "../../schema/progress/enrollment.js";
import { SkillMastery } from "../../schema/progress/measures.js";
import type { Reason } from "../../services/progress/reasons.js";

type EnrollmentRow = typeof enrollments.$inferSelect;
type ProgressRow = typeof contentProgress.$inferSelect;
type MasteryRow = typeof skillMastery.$inferSelect;

@Resolver(() => Enrollment)
export class EnrollmentCatalogEdges {
  @Can("enrollment")
  @FieldResolver(() => Course, { nullable: true, description: "The course." })
  course(@Root() { courseId }: EnrollmentRow, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(courseId);
  }
}

@Resolver(() => ContentProgress)
export class ContentProgressCatalogEdges {
  @Can("enrollment")
  @FieldResolver(() => Course, { nullable: true, description: "The course." })
  course(@Root() { courseId }: ProgressRow, @Ctx() { loaders }: Context) {
    return loaders.courseById.load(courseId);
  }

  @Can("enrollment")
  @FieldResolver(() => Module, { nullable: true, description: "The module; null for the course as a whole." })
  module(@Root() { moduleId }: ProgressRow, @Ctx() { loaders }: Context) {
    return moduleId === null ? null : loaders.moduleById.load(moduleId);
  }

  @Can("enrollment")
  @FieldResolver(() => Topic, { nullable: true, description: "The topic; null for a module or a course as a whole." })
  topic(@Root() { topicId }: ProgressRow, @Ctx() { loaders }: Context) {
    return topicId === null ? null : loaders.topicById.load(topicId);
  }
}

@Resolver(() => IncompleteReason)
export class IncompleteReasonCatalogEdges {
  @Can("enrollment")
  @FieldResolver(() => Module, { nullable: true, description: "The module with open topics." })
  module(@Root() { moduleId }: Reason, @Ctx() { loaders }: Context) {
    return moduleId === null ? null : loaders.moduleById.load(moduleId);
  }

  @Bound(bounds.openTopics)
  @Can("enrollment")
  @FieldResolver(() => [Topic], { nullable: true, description: "Open topics as the course runs, the first ones." })
  async topics(@Root() { topicIds }: Reason, @Ctx() { loaders }: Context) {
    const found = await Promise.all(topicIds.map((id) => loaders.topicById.load(id)));
    return found.filter((topic) => topic !== null);
  }
}

@Resolver(() => SkillMastery)
export class SkillMasteryCatalogEdges {
  @Can("owner")
  @FieldResolver(() => Skill, { nullable: true, description: "The skill." })
  skill(@Root() { skillId }: MasteryRow, @Ctx() { loaders }: Context) {
    return loaders.skillById.load(skillId);
  }
}
