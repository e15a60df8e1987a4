import { useState } from "preact/hooks";
import { WatchEnrollments, type ResultOf } from "../../graph/documents.js";
import { useLive } from "../../graph/graph.js";
import type { Account } from "../../graph/session.js";
import { Progress } from "../../parts/progress.js";
import { Title } from "../../parts/title.js";
import { hrefOf } from "../../route.js";
import { FindCourses } from "./find-courses.js";
import { StreakCard } from "./streak.js";

type Enrollment = ResultOf<typeof WatchEnrollments>["enrollmentUpdated"]["enrollments"][number];

/** The learner's page: the streak, the courses under way, and where to find more. All of it moves as learning happens, wherever that is. */
export function LearnScreen({ account }: { account: Account }) {
  const [enrollments, setEnrollments] = useState<readonly Enrollment[]>();
  useLive(WatchEnrollments, {}, ({ kind, enrollments: told }) =>
    setEnrollments((before = []) => (kind === "CHANGE" ? [...told, ...before.filter(({ id }) => !told.some((one) => one.id === id))] : told)),
  );
  const shown = enrollments?.filter(({ status }) => status !== "DROPPED").sort((one, other) => other.enrolledAt.localeCompare(one.enrolledAt));
  const open = shown?.filter(({ status }) => status !== "COMPLETED");
  const done = shown?.filter(({ status }) => status === "COMPLETED") ?? [];
  return (
    <div class="learn">
      <Title tab="Learn">Your learning, {account.fullName.split(" ")[0]}</Title>
      <StreakCard />
      <section aria-labelledby="under-way">
        <h2 id="under-way">Under way</h2>
        {open?.length === 0 && <p class="empty">Nothing at the moment. Find a course below.</p>}
        <ul class="courses">
          {open?.map((enrollment) => <EnrollmentItem key={enrollment.id} enrollment={enrollment} />)}
        </ul>
      </section>
      {done.length > 0 && (
        <section aria-labelledby="completed">
          <h2 id="completed">Completed</h2>
          <ul class="courses">
            {done.map((enrollment) => <EnrollmentItem key={enrollment.id} enrollment={enrollment} />)}
          </ul>
        </section>
      )}
      <FindCourses />
    </div>
  );
}

function EnrollmentItem({ enrollment: { status, progressPercent, progressSummary, course } }: { enrollment: Enrollment }) {
  const title = course?.title ?? "A course that is no longer shown";
  const done = status === "COMPLETED";
  return (
    <li class="card course">
      <h3 lang={course?.language}>{course ? <a href={hrefOf.course(course.id)}>{title}</a> : title}</h3>
      {course?.provider && <p class="hint">{course.provider.name}</p>}
      <Progress value={done ? 100 : progressPercent} label={`Progress in ${title}`} tone={done ? "done" : undefined} />
      <p class="figures">
        <strong>{done ? "Completed" : `${progressPercent} %`}</strong>
        {progressSummary && progressSummary.liveTopics > 0 && (
          <span>{progressSummary.completedTopics} of {progressSummary.liveTopics} topics</span>
        )}
      </p>
    </li>
  );
}
