import { useEffect, useState } from "preact/hooks";
import { EnrollInCourse, FindCourses as Find, type ResultOf } from "../../graph/documents.js";
import { useGraph, useQuery } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { Field } from "../../parts/field.js";
import { usePending } from "../../parts/pending.js";
import { Failed, Problems } from "../../parts/problems.js";
import { hrefOf } from "../../route.js";

type Course = ResultOf<typeof Find>["courses"]["nodes"][number];

/** The catalogue by words of the title, with a way in. */
export function FindCourses() {
  const [words, setWords] = useState("");
  const search = useSettled(words.trim());
  const { data, problem, reload } = useQuery(Find, { where: { status: { eq: "ACTIVE" }, ...(search && { search }) } });
  return (
    <section aria-labelledby="find">
      <h2 id="find">Find a course</h2>
      <Field label="Words of the title">
        {(given) => <input {...given} type="search" maxLength={200} value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
      </Field>
      {problem && <Failed problem={problem} retry={reload} />}
      <p class="hint" role="status">{data && foundWords(data.courses.totalCount ?? 0, data.courses.nodes.length)}</p>
      <ul class="courses">
        {data?.courses.nodes.map((course) => <FoundCourse key={course.id} course={course} />)}
      </ul>
    </section>
  );
}

const foundWords = (all: number, shown: number): string => {
  if (all === 0) return "No course has such a title.";
  return all > shown ? `The first ${shown} of ${all.toLocaleString("en")} courses.` : `${all} ${all === 1 ? "course" : "courses"}.`;
};

function FoundCourse({ course }: { course: Course }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  const enrolled = course.myEnrollment && course.myEnrollment.status !== "DROPPED";
  const enrol = () =>
    void run(async () => (await send(EnrollInCourse, { input: { courseId: course.id, source: "MANUAL", idempotencyKey: newKey() } })).problems);
  return (
    <li class="card course">
      <h3 lang={course.language}><a href={hrefOf.course(course.id)}>{course.title}</a></h3>
      <p class="hint">
        {[course.provider?.name, course.nsqfLevel && `NSQF level ${course.nsqfLevel.level}`].filter(Boolean).join(" · ")}
      </p>
      {enrolled ? (
        <p class="figures"><strong>Enrolled</strong></p>
      ) : (
        <button type="button" onClick={enrol} disabled={busy} aria-label={`Enrol in ${course.title}`}>Enrol</button>
      )}
      <Problems problems={problems} />
    </li>
  );
}

/** The value once it has rested for a moment, so that not every keystroke is a search. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
