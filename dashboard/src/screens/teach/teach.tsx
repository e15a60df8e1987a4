import { MyCourses, type ResultOf } from "../../graph/documents.js";
import { useQuery } from "../../graph/graph.js";
import { Failed } from "../../parts/problems.js";
import { Title } from "../../parts/title.js";
import { hrefOf } from "../../route.js";
import { Jobs } from "./jobs.js";
import { NewCourse } from "./new-course.js";

type Course = NonNullable<ResultOf<typeof MyCourses>["viewer"]>["createdCourses"]["nodes"][number];

/** The teacher's page: documents in, courses out. */
export function TeachScreen() {
  const { data, problem, reload } = useQuery(MyCourses, {});
  const courses = data?.viewer?.createdCourses;
  return (
    <div class="teach">
      <Title tab="Teach">From document to course</Title>
      <NewCourse />
      <Jobs completed={reload} />
      <section aria-labelledby="courses">
        <h2 id="courses">Your courses</h2>
        {problem && <Failed problem={problem} retry={reload} />}
        {courses?.nodes.length === 0 && <p class="empty">None yet.</p>}
        <ul class="courses">
          {courses?.nodes.map((course) => <OwnCourse key={course.id} course={course} />)}
        </ul>
      </section>
    </div>
  );
}

export const statusWords = { DRAFT: "Draft", ACTIVE: "Published", ARCHIVED: "Archived" } as const;

function OwnCourse({ course: { id, title, language, status, enrollmentCount } }: { course: Course }) {
  return (
    <li class="card course">
      <h3 lang={language}><a href={hrefOf.course(id)}>{title}</a></h3>
      <p class="figures">
        <span class={`chip ${status === "ACTIVE" ? "done" : ""}`}>{statusWords[status]}</span>
        {status !== "DRAFT" && <span>{enrollmentCount} {enrollmentCount === 1 ? "learner" : "learners"}</span>}
      </p>
    </li>
  );
}
