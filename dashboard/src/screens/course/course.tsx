import { useEffect, useMemo } from "preact/hooks";
import { CoursePage, EnrollInCourse, WatchEnrollments, type ResultOf } from "../../graph/documents.js";
import { useGraph, useLive, useQuery } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import type { Account } from "../../graph/session.js";
import { usePending } from "../../parts/pending.js";
import { Failed, Problems } from "../../parts/problems.js";
import { Progress } from "../../parts/progress.js";
import { Title } from "../../parts/title.js";
import { Outline } from "./outline.js";
import { Publish } from "./publish.js";
import { QuizReader } from "./quiz.js";
import { TopicReader } from "./topic.js";

export type Course = NonNullable<ResultOf<typeof CoursePage>["course"]>;

interface Place {
  account: Account;
  id: string;
  topicId: string | undefined;
  quizId: string | undefined;
}

/** One course: its outline, and the topic that is read. Learners mark topics; the teacher of it publishes. */
export function CourseScreen({ account, id, topicId, quizId }: Place) {
  const { data, problem, reload } = useQuery(CoursePage, { id });
  const course = data?.course ?? undefined;
  useLive(WatchEnrollments, {}, ({ kind, enrollments }) => {
    if (kind === "CHANGE" && enrollments.some((one) => one.course?.id === id)) reload();
  });
  if (problem && !course) return <Failed problem={problem} retry={reload} />;
  if (!data) return <p class="empty" role="status">Opening the course …</p>;
  if (!course) {
    return (
      <>
        <Title tab="Not found">There is no such course</Title>
        <p>Perhaps it is not published, or the address is incomplete. <a href="#/">To the start</a></p>
      </>
    );
  }
  return <CourseView course={course} account={account} topicId={topicId} quizId={quizId} reload={reload} />;
}

function CourseView({ course, account, topicId, quizId, reload }: Omit<Place, "id"> & { course: Course; reload: () => void }) {
  const topics = useMemo(() => course.modules.flatMap((module) => module.topics), [course]);
  const staff = account.role === "ADMIN" || course.createdBy?.id === account.id;
  const enrolled = course.myEnrollment && course.myEnrollment.status !== "DROPPED" ? course.myEnrollment : undefined;
  const place = topics.findIndex(({ id }) => id === topicId);
  const topic = topics[place];
  useEffect(() => {
    if (!topic && !quizId) scrollTo({ top: 0 });
  }, [topic, quizId]);
  const facts = [course.provider?.name, course.nsqfLevel && `NSQF level ${course.nsqfLevel.level}`, countOf(course.modules.length, "week"), countOf(topics.length, "topic")];
  return (
    <article class="course-page">
      <header>
        <Title tab={course.title} lang={course.language}>{course.title}</Title>
        <p class="hint">{facts.filter(Boolean).join(" · ")}</p>
        {course.description && !topic && !quizId && <p class="lead" lang={course.language}>{course.description}</p>}
        {staff && <Publish course={course} published={reload} />}
        {enrolled ? (
          <div class="own-progress">
            <Progress value={enrolled.progressPercent} label="Your progress" tone={enrolled.status === "COMPLETED" ? "done" : undefined} />
            <p class="figures"><strong>{enrolled.status === "COMPLETED" ? "Completed" : `${enrolled.progressPercent} %`}</strong></p>
          </div>
        ) : (
          !staff && course.status === "ACTIVE" && <Enrol courseId={course.id} />
        )}
      </header>
      <div class="reading">
        <Outline course={course} openId={quizId ?? topic?.id} />
        {quizId && <QuizReader key={quizId} course={course} quizId={quizId} enrolled={enrolled !== undefined} staff={staff} />}
        {topic && (
          <TopicReader key={topic.id} course={course} topicId={topic.id} enrolled={enrolled !== undefined} previous={topics[place - 1]} next={topics[place + 1]} />
        )}
      </div>
    </article>
  );
}

function Enrol({ courseId }: { courseId: string }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  const enrol = () => void run(async () => (await send(EnrollInCourse, { input: { courseId, source: "MANUAL", idempotencyKey: newKey() } })).problems);
  return (
    <div class="actions">
      <button type="button" class="primary" onClick={enrol} disabled={busy}>Enrol</button>
      <Problems problems={problems} />
    </div>
  );
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
