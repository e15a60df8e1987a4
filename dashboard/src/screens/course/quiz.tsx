import { useEffect, useRef } from "preact/hooks";
import { QuizPage, StartQuizAttempt, type ResultOf } from "../../graph/documents.js";
import { useGraph, useQuery } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import { usePending } from "../../parts/pending.js";
import { Failed, Problems } from "../../parts/problems.js";
import type { Course } from "./course.js";
import { QuestionSheet } from "./question-sheet.js";
import { TakeQuiz } from "./take-quiz.js";

export type Quiz = Extract<NonNullable<ResultOf<typeof QuizPage>["node"]>, { __typename: "Quiz" }>;

/** A quiz: its author reads questions with answers; a learner takes it, and sees the right answers after that. */
export function QuizReader({ course, quizId, enrolled, staff }: { course: Course; quizId: string; enrolled: boolean; staff: boolean }) {
  const { data, problem, reload } = useQuery(QuizPage, { id: quizId });
  const quiz = data?.node?.__typename === "Quiz" ? data.node : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [quiz?.id]);
  if (problem && !quiz) return <Failed problem={problem} retry={reload} />;
  if (!quiz) return <p class="empty topic" role="status">{data ? "There is no such quiz." : "Opening the quiz …"}</p>;
  return (
    <section class="topic quiz" aria-labelledby="quiz">
      <div>
        <h2 id="quiz" ref={heading} tabIndex={-1} lang={course.language}>{quiz.title}</h2>
        <p class="hint">{factsOf(quiz)}</p>
      </div>
      {quiz.myOpenAttempt ? (
        <TakeQuiz key={quiz.myOpenAttempt.id} quiz={quiz} attempt={quiz.myOpenAttempt} language={course.language} done={reload} />
      ) : (
        <>
          <Outcome quiz={quiz} />
          {enrolled && <Start quiz={quiz} started={reload} />}
          {(staff || quiz.myAttempts?.nodes.length !== 0) && <Answers quiz={quiz} language={course.language} />}
          {!staff && !enrolled && <p class="empty">Enrol to take this quiz.</p>}
        </>
      )}
    </section>
  );
}

function factsOf({ questionCount, passingScore, timeLimitMinutes, maxAttempts }: Quiz): string {
  return [
    `${questionCount ?? 0} questions`,
    `${passingScore} % to pass`,
    timeLimitMinutes && `${timeLimitMinutes} minutes`,
    maxAttempts && (maxAttempts === 1 ? "one attempt" : `${maxAttempts} attempts`),
  ].filter(Boolean).join(" · ");
}

function Outcome({ quiz }: { quiz: Quiz }) {
  const [latest] = quiz.myAttempts?.nodes ?? [];
  if (!latest || latest.score === null) return null;
  return (
    <p class={`outcome ${latest.passed ? "passed" : "missed"}`} role="status">
      <strong>{latest.score} %</strong> {latest.correctAnswers} of {latest.totalQuestions} right. {latest.passed ? "Passed." : "Not passed yet."}
    </p>
  );
}

function Start({ quiz, started }: { quiz: Quiz; started: () => void }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  const begin = () =>
    void run(async () => {
      const sent = await send(StartQuizAttempt, { input: { quizId: quiz.id, idempotencyKey: newKey() } });
      if (sent.payload) started();
      return sent.problems;
    });
  return (
    <div class="actions">
      <button type="button" class="primary" onClick={begin} disabled={busy}>{quiz.myAttempts?.nodes.length ? "Take it again" : "Take the quiz"}</button>
      <Problems problems={problems} />
    </div>
  );
}

function Answers({ quiz, language }: { quiz: Quiz; language: string }) {
  const given = new Map(quiz.myAttempts?.nodes[0]?.answers?.map(({ questionNumber, answer }) => [questionNumber, answer]));
  return (
    <ol class="questions">
      {quiz.questions?.map((question) => (
        <li key={question.id}>
          <QuestionSheet question={question} language={language} given={given.get(question.questionNumber)} />
        </li>
      ))}
    </ol>
  );
}
