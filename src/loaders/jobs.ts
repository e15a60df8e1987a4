import { and, eq, exists, sql, type SQL } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { own } from "../auth/visibility.js";
import type { Viewer } from "../auth/viewer.js";
import { orderBy } from "../db/ordering.js";
import { jobEvents, jobQueue } from "../db/tables/index.js";
import type { JobWhere } from "../schema/jobs.js";
import { perViewer } from "./factory.js";
import { list, listBy, type ListSpec } from "./lists.js";
import { jobFilter } from "./filters/jobs.js";

const jobVisible = own(jobQueue.createdById);

const withJob = (viewer: Viewer): SQL | undefined => {
  const visible = jobVisible(viewer);
  if (!visible) return undefined;
  return exists(new QueryBuilder().select({ one: sql`1` }).from(jobQueue).where(and(eq(jobQueue.id, jobEvents.jobId), visible)));
};

const jobList: ListSpec<typeof jobQueue, JobWhere> = {
  table: jobQueue,
  orders: [orderBy("CREATED_AT", [jobQueue.createdAt, jobQueue.id], true)],
  filter: jobFilter,
  visible: jobVisible,
};

const jobEventList: ListSpec<typeof jobEvents, never> = {
  table: jobEvents,
  orders: [orderBy("CREATED_AT", [jobEvents.createdAt, jobEvents.id])],
  visible: withJob,
};

export const jobLoaders = {
  jobById: perViewer.oneBy(jobQueue, "id", { visible: jobVisible }),
  jobEventById: perViewer.oneBy(jobEvents, "id", { visible: withJob }),
  jobs: list(jobList),
  jobsByCreator: listBy(jobList, jobQueue.createdById),
  eventsByJob: listBy(jobEventList, jobEvents.jobId),
};
