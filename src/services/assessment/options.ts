export const letters = ["A", "B", "C", "D"] as const;
export type Letter = (typeof letters)[number];

export interface Option {
  letter: Letter;
  text: string;
}

/** The options of a question as it is stored, an object of texts by letter, in the order of their letters. */
export function optionsOf(stored: unknown): Option[] {
  const texts = (stored ?? {}) as Record<string, unknown>;
  return letters.flatMap((letter) => (typeof texts[letter] === "string" ? [{ letter, text: texts[letter] }] : []));
}

/** Texts in order as a question stores them: by letter, from A on; two to four. */
export const lettered = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text, at) => [letters[at] ?? "", text]));

/** The answers of an attempt as it is stored: letters by number of the question. */
export type Answers = Readonly<Record<string, Letter>>;

export const answersOf = (stored: unknown): { questionNumber: number; answer: Letter }[] =>
  Object.entries((stored ?? {}) as Answers)
    .map(([number, answer]) => ({ questionNumber: Number(number), answer }))
    .toSorted((a, b) => a.questionNumber - b.questionNumber);
