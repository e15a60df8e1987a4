import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { contentVisible, courseVisible, topicVisible, withCourse } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import {
  coursePrerequisites, courses, courseSkills, courseVersions, modules, nsqfLevels, providers, skillAliases, skills,
  topics,
} from "../db/tables/index.js";
import { bounds } from "../graphql/bounds.js";
import type { CourseVersionWhere, TopicWhere } from "../schema/catalog/content.js";
import type { CourseWhere } from "../schema/catalog/course.js";
import type { NsqfLevelWhere } from "../schema/catalog/level.js";
import type { ProviderWhere } from "../schema/catalog/provider.js";
import type { SkillWhere } from "../schema/catalog/skill.js";
import { perViewer, publicFirst, shared } from "./factory.js";
import {
  courseFilter, courseVersionFilter, nsqfLevelFilter, providerFilter, skillFilter, topicFilter,
} from "./filters/catalog.js";
import { list, listBy, type ListSpec } from "./lists.js";

const nsqfLevelList: ListSpec<typeof nsqfLevels, NsqfLevelWhere> = {
  table: nsqfLevels,
  orders: [orderBy("LEVEL", [nsqfLevels.level])],
  filter: nsqfLevelFilter,
};

const providerList: ListSpec<typeof providers, ProviderWhere> = {
  table: providers,
  // Ids are UUIDv7, so they sort by the time of being added.
  orders: [orderBy("NAME", [providers.name, providers.id]), orderBy("CREATED_AT", [providers.id])],
  filter: providerFilter,
};

const skillList: ListSpec<typeof skills, SkillWhere> = {
  table: skills,
  orders: [orderBy("NAME", [skills.name]), orderBy("CREATED_AT", [skills.id])],
  filter: skillFilter,
};

const courseList: ListSpec<typeof courses, CourseWhere> = {
  table: courses,
  orders: [
    orderBy("CREATED_AT", [courses.createdAt, courses.id], true),
    orderBy("TITLE", [courses.title, courses.id]),
    orderBy("NSQF_LEVEL", [courses.nsqfLevel, courses.id]),
    orderBy("ENROLLMENT_COUNT", [courses.enrollmentCount, courses.id], true),
  ],
  filter: courseFilter,
  visible: courseVisible,
};

const liveModules = { where: isNull(modules.archivedAt), visible: withCourse(modules.courseId) };

/** Content is large and not for everyone; `readableTopicById` is its loader. */
const liveTopics = { where: isNull(topics.archivedAt), visible: topicVisible, without: ["content"] as const };

const throughModules = {
  table: modules,
  on: and(eq(modules.id, topics.moduleId), isNull(modules.archivedAt)),
};

const topicList: ListSpec<typeof topics, TopicWhere, "content"> = {
  table: topics,
  orders: [orderBy("OUTLINE", [modules.orderIndex, modules.week, topics.orderIndex, topics.id])],
  filter: topicFilter,
  ...liveTopics,
};

const courseVersionVisible = withCourse(courseVersions.courseId);

const courseVersionList: ListSpec<typeof courseVersions, CourseVersionWhere> = {
  table: courseVersions,
  orders: [orderBy("VERSION", [courseVersions.version, courseVersions.id], true)],
  filter: courseVersionFilter,
  visible: courseVersionVisible,
};

const required = { table: coursePrerequisites, on: eq(coursePrerequisites.prerequisiteId, courses.id) };
const requiring = { table: coursePrerequisites, on: eq(coursePrerequisites.courseId, courses.id) };

export const catalogLoaders = {
  nsqfLevel: shared.oneBy(nsqfLevels, "level"),
  nsqfLevels: list(nsqfLevelList),

  providerById: shared.oneBy(providers, "id"),
  providers: list(providerList),

  skillById: shared.oneBy(skills, "id"),
  skills: list(skillList),
  aliasesBySkill: shared.manyBy(skillAliases, "skillId", [skillAliases.alias], { atMost: bounds.aliases }),

  courseById: publicFirst.oneBy(courses, "id", { visible: courseVisible }),
  courses: list(courseList),
  coursesByNsqfLevel: listBy(courseList, courses.nsqfLevel),
  coursesByProvider: listBy(courseList, courses.providerId),
  coursesByCreator: listBy(courseList, courses.createdById),
  coursesBySkill: listBy(courseList, courseSkills.skillId, { table: courseSkills, on: eq(courseSkills.courseId, courses.id) }),
  prerequisitesByCourse: listBy(courseList, coursePrerequisites.courseId, required),
  coursesByPrerequisite: listBy(courseList, coursePrerequisites.prerequisiteId, requiring),
  courseSkillsByCourse: publicFirst.manyBy(courseSkills, "courseId", [desc(courseSkills.isPrimary), courseSkills.skillId], {
    visible: withCourse(courseSkills.courseId),
    atMost: bounds.courseSkills,
  }),

  moduleById: publicFirst.oneBy(modules, "id", liveModules),
  modulesByCourse: publicFirst.manyBy(modules, "courseId", [modules.orderIndex, modules.week], { ...liveModules, atMost: bounds.courseModules }),
  topicById: publicFirst.oneBy(topics, "id", liveTopics),
  topicsByModule: publicFirst.manyBy(topics, "moduleId", [topics.orderIndex, topics.id], { ...liveTopics, atMost: bounds.moduleTopics }),
  archivedModulesByCourse: perViewer.manyBy(modules, "courseId", [desc(modules.archivedAt), modules.id], {
    where: isNotNull(modules.archivedAt),
    visible: withCourse(modules.courseId),
    atMost: bounds.archived,
  }),
  archivedTopicsByCourse: perViewer.manyBy(topics, modules.courseId, [desc(topics.archivedAt), topics.id], {
    through: throughModules,
    where: isNotNull(topics.archivedAt),
    visible: topicVisible,
    without: ["content"] as const,
    atMost: bounds.archived,
  }),
  topicsByCourse: listBy(topicList, modules.courseId, throughModules),
  liveTopicsByCourse: publicFirst.countBy(topics, modules.courseId, {
    through: throughModules,
    where: liveTopics.where,
    visible: withCourse(modules.courseId),
  }),
  readableTopicById: perViewer.oneBy(topics, "id", { where: liveTopics.where, visible: contentVisible }),

  courseVersionById: publicFirst.oneBy(courseVersions, "id", { visible: courseVersionVisible }),
  versionsByCourse: listBy(courseVersionList, courseVersions.courseId),
};
