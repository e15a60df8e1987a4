import { useState } from "preact/hooks";
import { WatchMyJobs, type ResultOf } from "../../graph/documents.js";
import { useLive } from "../../graph/graph.js";
import { JobCard } from "./job-card.js";
import { stepsWith, type Steps } from "./steps.js";

export type Job = ResultOf<typeof WatchMyJobs>["myJobs"]["jobs"][number];

const shownAtFirst = 4;

/** The teacher's jobs, newest first, each moving by itself. `completed` is told of courses that are there now. */
export function Jobs({ completed }: { completed: () => void }) {
  const [jobs, setJobs] = useState<readonly Job[]>();
  const [steps, setSteps] = useState<ReadonlyMap<string, Steps>>(new Map());
  const [all, setAll] = useState(false);
  useLive(WatchMyJobs, {}, ({ kind, jobs: told }) => {
    setJobs((before = []) => (kind === "CHANGE" ? merged(before, told) : told));
    setSteps((before) => new Map([...before, ...told.map((job) => [job.id, stepsWith(before.get(job.id), job)] as const)]));
    if (kind === "CHANGE" && told.some(({ status }) => status === "COMPLETED")) completed();
  });
  const shown = all ? jobs : jobs?.slice(0, shownAtFirst);
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">In the making</h2>
      {jobs?.length === 0 && <p class="empty">Nothing yet. A course that is being made shows here, step by step.</p>}
      <ul class="jobs">
        {shown?.map((job) => <JobCard key={job.id} job={job} steps={steps.get(job.id)?.names ?? []} />)}
      </ul>
      {jobs && !all && jobs.length > shownAtFirst && (
        <button type="button" onClick={() => setAll(true)}>Show {jobs.length - shownAtFirst} earlier</button>
      )}
    </section>
  );
}

/** Changed jobs keep their place; new ones come first. */
function merged(before: readonly Job[], told: readonly Job[]): readonly Job[] {
  const fresh = told.filter(({ id }) => !before.some((job) => job.id === id));
  return [...fresh, ...before.map((job) => told.find(({ id }) => id === job.id) ?? job)];
}
