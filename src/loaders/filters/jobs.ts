import { anyOf } from "../../db/client.js";
import { matches, related, whereOf } from "../../db/filters.js";
import { jobQueue } from "../../db/tables/index.js";
import type { JobWhere } from "../../schema/jobs.js";

export const jobFilter = whereOf<JobWhere>({
  jobId: matches(jobQueue.jobId),
  jobType: matches(jobQueue.jobType),
  status: matches(jobQueue.status),
  createdAt: matches(jobQueue.createdAt),
  createdBy: related("User", (ids) => anyOf(jobQueue.createdById, ids, "uuid")),
  course: related("Course", (ids) => anyOf(jobQueue.courseId, ids, "uuid")),
});
