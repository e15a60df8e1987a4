import { courseVisible, topicVisible, withCourse } from "../auth/visibility.js";
import { isNull } from "drizzle-orm";
import { orderBy } from "../db/ordering.js";
import { courses, courseVersions, modules, nsqfLevels, providers, skills, topics } from "../db/tables/index.js";
import { courseFilter, providerFilter } from "./filters/catalog.js";
import { list, listBy, oneBy, type ListSpec } from "./factory.js";
import type { CourseWhere } from "../schema/catalog/course.js";
import type { ProviderWhere } from "../schema/catalog/provider.js";

const providerList: ListSpec<typeof providers, ProviderWhere> = {
  table: providers,
  orders: [orderBy("NAME", [providers.name, providers.id]), orderBy("CREATED_AT", [providers.id])],
  filter: providerFilter,
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

export const catalogLoaders = {
  providerById: oneBy(providers, "id"),
  nsqfLevel: oneBy(nsqfLevels, "level"),
  courseById: oneBy(courses, "id", { visible: courseVisible }),
  skillById: oneBy(skills, "id"),
  moduleById: oneBy(modules, "id", { visible: withCourse(modules.courseId), where: isNull(modules.archivedAt) }),
  topicById: oneBy(topics, "id", { visible: topicVisible, where: isNull(topics.archivedAt) }),
  courseVersionById: oneBy(courseVersions, "id", { visible: withCourse(courseVersions.courseId) }),
  providers: list(providerList),
  courses: list(courseList),
  coursesByProvider: listBy(courseList, courses.providerId),
};
