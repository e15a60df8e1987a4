import { catalogueOf } from "./catalogue.js";
import { course } from "./course.js";
import { coursePageOf } from "./course-page.js";
import { dashboard } from "./dashboard.js";
import { home } from "./home.js";
import type { BenchQuery } from "./query.js";
import { recordProgress } from "./record-progress.js";
import { search } from "./search.js";
import { widePage } from "./wide-page.js";

/** Every query, in the order in which they run; writes come last, since they change what is read. */
export const queries: readonly BenchQuery[] = [
  course, coursePageOf("Q2", 50), dashboard, widePage, search, home, catalogueOf("Q8", 20), recordProgress,
];

/** The same page of two lengths, to see how cost grows; not part of a usual run. */
const growing = [coursePageOf("P10", 10), coursePageOf("P100", 100)];

export function queryNamed(name: string): BenchQuery {
  const found = [...queries, ...growing].find((query) => query.name === name);
  if (!found) throw new Error(`There is no query ${name}`);
  return found;
}
