import type { Quiz } from "./quiz.js";

export type Question = NonNullable<Quiz["questions"]>[number];

/** A question with its options; the right one, why, and what was chosen, as far as the viewer may see them. */
export function QuestionSheet({ question, language, given }: { question: Question; language: string; given?: string | undefined }) {
  const { questionNumber, questionText, options, correctAnswer, explanation, difficulty } = question;
  return (
    <div class="question">
      <h3><span class="number">{questionNumber}</span> <span lang={language}>{questionText}</span></h3>
      <ul class="options">
        {options.map(({ letter, text }) => {
          const right = letter === correctAnswer;
          return (
            <li key={letter} class={right ? "right" : letter === given ? "wrong" : undefined}>
              <span class="letter">{letter}</span>
              <span lang={language}>{text}</span>
              {right && <span class="mark">right answer</span>}
              {letter === given && !right && <span class="mark">chosen</span>}
            </li>
          );
        })}
      </ul>
      {explanation && <p class="hint" lang={language}>{explanation}</p>}
      {difficulty && <p class="chip">{difficulty.toLowerCase()}</p>}
    </div>
  );
}
