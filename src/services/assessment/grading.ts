import type { Answers } from "./options.js";

/** A question with what is right. */
export interface Key {
  questionNumber: number;
  correctAnswer: string;
  skillId: string | null;
}

/** How many questions were answered right, of how many; `score` is that in percent. */
export interface Tally {
  total: number;
  correct: number;
  score: number;
  passed: boolean;
}

export interface Grade extends Tally {
  /** The same for the questions of each skill, in the order in which the skills first come. */
  skills: (Tally & { skillId: string })[];
}

/**
 * Grades answers, letters by number of the question. Score = round(100 x correct / total), halves up; passed from the
 * passing score on (0 to 100), for the whole and for each skill alike. No answer is a wrong answer.
 */
export function grade(questions: readonly Key[], answers: Answers, passingScore: number): Grade {
  const tally = (asked: readonly Key[]): Tally => {
    const correct = asked.filter(({ questionNumber, correctAnswer }) => answers[questionNumber] === correctAnswer).length;
    const score = asked.length === 0 ? 0 : Math.round((100 * correct) / asked.length);
    return { total: asked.length, correct, score, passed: score >= passingScore };
  };
  const bySkill = Map.groupBy(questions, ({ skillId }) => skillId);
  return {
    ...tally(questions),
    skills: [...bySkill].flatMap(([skillId, asked]) => (skillId === null ? [] : [{ skillId, ...tally(asked) }])),
  };
}
