import type { CoursePlan, Source, WrittenModule, WrittenQuestion } from "./writer.js";

/** Does each passage of the plan stand in the documents? */
export const planFits = ({ documents }: Pick<Source, "documents">, plan: CoursePlan): boolean =>
  plan.modules.every(({ topics }) =>
    topics.every(({ spans }) =>
      spans.every(({ document, from, to }) => from < to && to <= (documents[document]?.blocks.length ?? 0)),
    ),
  );

/** Is each module of the plan written, topic by topic? */
export const writtenFits = (plan: CoursePlan, written: readonly WrittenModule[]): boolean =>
  written.length === plan.modules.length && plan.modules.every(({ topics }, index) => written[index]?.topics.length === topics.length);

/** Has each module of the plan its list of questions, each from a document and a page that are there? */
export const questionsFit = ({ documents }: Pick<Source, "documents">, plan: CoursePlan, questions: readonly WrittenQuestion[][]): boolean =>
  questions.length === plan.modules.length &&
  questions.flat().every(({ document, page }) => {
    const source = documents[document];
    return source !== undefined && (page === null || page <= (source.pages ?? 0));
  });
