import { useEffect, useState } from "preact/hooks";
import { SaveQuizAnswers, SubmitQuizAttempt } from "../../graph/documents.js";
import { useGraph } from "../../graph/graph.js";
import { newKey } from "../../graph/key.js";
import type { Problem } from "../../graph/problems.js";
import { usePending } from "../../parts/pending.js";
import { Problems } from "../../parts/problems.js";
import type { Question } from "./question-sheet.js";
import type { Quiz } from "./quiz.js";

type Attempt = NonNullable<Quiz["myOpenAttempt"]>;
type Letter = NonNullable<Attempt["answers"]>[number]["answer"];

/** An attempt under way. Each answer is saved as it is chosen: a closed page goes on where it was. */
export function TakeQuiz({ quiz, attempt, language, done }: { quiz: Quiz; attempt: Attempt; language: string; done: () => void }) {
  const { send } = useGraph();
  const { busy, problems, run } = usePending();
  const [chosen, setChosen] = useState<ReadonlyMap<number, Letter>>(() => new Map(attempt.answers?.map(({ questionNumber, answer }) => [questionNumber, answer])));
  const [unsaved, setUnsaved] = useState<readonly Problem[]>([]);
  const questions = quiz.questions ?? [];

  async function choose(question: Question, answer: Letter): Promise<void> {
    setChosen((before) => new Map(before).set(question.questionNumber, answer));
    const sent = await send(SaveQuizAnswers, { input: { attemptId: attempt.id, answers: [{ questionId: question.id, answer }] } });
    setUnsaved(sent.problems);
  }

  async function submit(): Promise<readonly Problem[]> {
    // All of them once more: what could not be saved on the way is not lost.
    const answers = questions.flatMap(({ id, questionNumber }) => {
      const answer = chosen.get(questionNumber);
      return answer ? [{ questionId: id, answer }] : [];
    });
    const sent = await send(SubmitQuizAttempt, { input: { attemptId: attempt.id, answers, idempotencyKey: newKey() } });
    // Graded, or too late: both are shown by the quiz itself.
    if (sent.payload || sent.problems.some(({ code }) => code === "TOO_LATE")) done();
    return sent.problems;
  }

  const open = questions.length - chosen.size;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(submit);
      }}
    >
      {attempt.remainingSeconds !== null && <TimeLeft seconds={attempt.remainingSeconds} />}
      {questions.map((question) => (
        <fieldset key={question.id} class="question">
          <legend><span class="number">{question.questionNumber}</span> <span lang={language}>{question.questionText}</span></legend>
          {question.options.map(({ letter, text }) => (
            <label key={letter} class="check">
              <input type="radio" name={question.id} checked={chosen.get(question.questionNumber) === letter} onChange={() => void choose(question, letter)} />
              <span lang={language}>{text}</span>
            </label>
          ))}
        </fieldset>
      ))}
      <Problems problems={[...unsaved, ...problems]} />
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>Submit</button>
        <p class="hint" role="status">{open === 0 ? "All answered." : `${open} of ${questions.length} not answered yet.`}</p>
      </div>
    </form>
  );
}

/** The server's clock decides; this shows it, counted on from when it was told. */
function TimeLeft({ seconds }: { seconds: number }) {
  const [ends] = useState(() => Date.now() + seconds * 1_000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.round((ends - Date.now()) / 1_000))), 1_000);
    return () => clearInterval(timer);
  }, [ends]);
  return <p class="time" role="timer">{Math.floor(left / 60)}:{String(left % 60).padStart(2, "0")} left</p>;
}
