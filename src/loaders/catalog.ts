import { courseVisible } from "../auth/visibility.js";
import { orderBy } from "../db/ordering.js";
import { courses, nsqfLevels, providers } from "../db/tables/index.js";
import { courseFilter, providerFilter } from "./filters/catalog.js";
import { list, listBy, oneBy, type ListSpec } from "./factory.js";
import type { CourseWhere, ProviderWhere } from "../schema/catalog.js";

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
  providers: list(providerList),
  courses: list(courseList),
  coursesByProvider: listBy(courseList, courses.providerId),
};
