import { hrefOf } from "../../route.js";
import type { Course } from "./course.js";

/** The weeks with their topics, as a table of contents. */
export function Outline({ course, topicId }: { course: Course; topicId: string | undefined }) {
  return (
    <nav class="outline" aria-label="Outline">
      {course.modules.map((module) => (
        <section key={module.id} class="week">
          <h2>
            <span class="number">Week {module.week}</span>
            <span lang={course.language}>{module.title}</span>
          </h2>
          {topicId === undefined && module.description && <p class="hint" lang={course.language}>{module.description}</p>}
          <ol>
            {module.topics.map(({ id, title, estimatedMinutes, myProgress }) => (
              <li key={id} class={myProgress?.status.toLowerCase()}>
                <a href={hrefOf.topic(course.id, id)} aria-current={id === topicId ? "page" : undefined}>
                  <span lang={course.language}>{title}</span>
                  {myProgress?.status === "COMPLETED" && <span class="tick" role="img" aria-label="completed">✓</span>}
                </a>
                {estimatedMinutes !== null && <span class="hint">{estimatedMinutes} min</span>}
              </li>
            ))}
          </ol>
        </section>
      ))}
      {course.modules.length === 0 && <p class="empty">This course has no topics yet.</p>}
    </nav>
  );
}
