import { hrefOf } from "../../route.js";
import type { Course } from "./course.js";

/** The weeks with their topics, as a table of contents. */
export function Outline({ course, openId }: { course: Course; openId: string | undefined }) {
  const quizzesOf = (moduleId: string | undefined) => course.quizzes.nodes.filter(({ module }) => module?.id === moduleId);
  return (
    <nav class="outline" aria-label="Outline">
      {course.modules.map((module) => (
        <section key={module.id} class="week">
          <h2>
            <span class="number">Week {module.week}</span>
            <span lang={course.language}>{module.title}</span>
          </h2>
          {openId === undefined && module.description && <p class="hint" lang={course.language}>{module.description}</p>}
          <ol>
            {module.topics.map(({ id, title, estimatedMinutes, myProgress }) => (
              <li key={id} class={myProgress?.status.toLowerCase()}>
                <a href={hrefOf.topic(course.id, id)} aria-current={id === openId ? "page" : undefined}>
                  <span lang={course.language}>{title}</span>
                  {myProgress?.status === "COMPLETED" && <span class="tick" role="img" aria-label="completed">✓</span>}
                </a>
                {estimatedMinutes !== null && <span class="hint">{estimatedMinutes} min</span>}
              </li>
            ))}
            {quizzesOf(module.id).map((quiz) => <QuizLine key={quiz.id} course={course} quiz={quiz} openId={openId} />)}
          </ol>
        </section>
      ))}
      {quizzesOf(undefined).length > 0 && (
        <section class="week">
          <h2>The whole course</h2>
          <ol>{quizzesOf(undefined).map((quiz) => <QuizLine key={quiz.id} course={course} quiz={quiz} openId={openId} />)}</ol>
        </section>
      )}
      {course.modules.length === 0 && <p class="empty">This course has no topics yet.</p>}
    </nav>
  );
}

function QuizLine({ course, quiz, openId }: { course: Course; quiz: Course["quizzes"]["nodes"][number]; openId: string | undefined }) {
  const passed = quiz.myAttempts?.nodes[0]?.passed === true;
  return (
    <li class="quiz-line">
      <a href={hrefOf.quiz(course.id, quiz.id)} aria-current={quiz.id === openId ? "page" : undefined}>
        <span class="chip">Quiz</span> <span lang={course.language}>{quiz.title}</span>
        {passed && <span class="tick" role="img" aria-label="passed">✓</span>}
      </a>
      <span class="hint">{quiz.questionCount} {quiz.questionCount === 1 ? "question" : "questions"}</span>
    </li>
  );
}
