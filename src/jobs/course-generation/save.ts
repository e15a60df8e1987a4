import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { anyOf } from "../../db/client.js";
import {
  courses, courseSkills, jobQueue, modules, quizQuestions, quizzes, skills, sourceFiles, topics,
} from "../../db/tables/index.js";
import type { Work } from "../../db/unit-of-work.js";
import type { CoursePlan, Source, WrittenModule, WrittenQuestion } from "../../documents/writer.js";
import { toGlobalId } from "../../graphql/node.js";
import type { Completion, JobRun } from "../run.js";
import { filesOf } from "./inputs.js";

/** Skills of a plan that count as its main subjects. */
const primarySkills = 3;
const passingScore = 70;
/** Rows of one insert: their parameters stay far below the protocol's 65,535. */
const batchSize = 500;

export interface Finished {
  /** Keys of the files, in the order of the documents. */
  fileIds: readonly string[];
  source: Source;
  plan: CoursePlan;
  written: readonly WrittenModule[];
  questions: readonly WrittenQuestion[][];
  /** Name of the writer, and the tokens that it took. */
  writer: string;
  tokens: number;
}

const publicId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 20)}`;

/** Writes the draft with everything that hangs on it, in the transaction that completes the job. */
export async function saveCourse(work: Work, run: JobRun, finished: Finished): Promise<Completion> {
  const { fileIds, source, plan } = finished;
  await filesOf(work, run.id, fileIds);
  const course = await insertCourse(work, run, source, plan);
  const known = await knownSkills(work, finished);
  const skillIds = [...new Set(plan.skillIds)].filter((id) => known.has(id));
  if (skillIds.length > 0) {
    await work.tx.insert(courseSkills).values(skillIds.map((skillId, place) => ({ courseId: course.id, skillId, isPrimary: place < primarySkills })));
  }
  const weeks = await insertModules(work, course.id, finished);
  const topicCount = await insertTopics(work, weeks, finished);
  const counts = await insertQuizzes(work, course.id, weeks, finished, known);
  await work.tx.update(sourceFiles).set({ courseId: course.id }).where(inArray(sourceFiles.id, [...fileIds]));
  return {
    courseId: course.id,
    result: {
      courseId: toGlobalId("Course", course.id),
      title: course.title,
      modules: plan.modules.length,
      topics: topicCount,
      ...counts,
      writer: finished.writer,
      ...(finished.tokens > 0 && { tokens: finished.tokens }),
    },
  };
}

async function insertCourse({ tx }: Work, run: JobRun, source: Source, plan: CoursePlan) {
  const [job] = await tx.select({ createdById: jobQueue.createdById }).from(jobQueue).where(eq(jobQueue.id, run.id));
  const [course] = await tx
    .insert(courses)
    .values({
      courseId: publicId("course"),
      title: source.title ?? plan.title,
      description: plan.description,
      nsqfLevel: source.nsqfLevel,
      language: source.language,
      keywords: plan.keywords,
      status: "draft",
      createdById: job?.createdById ?? null,
    })
    .returning();
  if (!course) throw new Error("The course was not written.");
  return course;
}

/** Skills may have gone since the plan was made. */
async function knownSkills({ tx }: Work, { plan, questions }: Finished): Promise<ReadonlySet<string>> {
  const named = new Set([...plan.skillIds, ...questions.flat().flatMap(({ skillId }) => skillId ?? [])]);
  const rows = await tx.select({ id: skills.id }).from(skills).where(anyOf(skills.id, [...named], "uuid"));
  return new Set(rows.map(({ id }) => id));
}

/** The keys of the weeks, in their order. */
async function insertModules({ tx }: Work, courseId: string, { plan, written }: Finished): Promise<string[]> {
  const rows = await tx
    .insert(modules)
    .values(
      plan.modules.map(({ title }, index) => ({
        courseId,
        week: index + 1,
        orderIndex: index,
        title,
        description: written[index]?.description ?? null,
        learningObjectives: written[index]?.learningObjectives ?? [],
      })),
    )
    .returning({ id: modules.id, week: modules.week });
  return rows.toSorted((a, b) => a.week - b.week).map(({ id }) => id);
}

async function insertTopics({ tx }: Work, weeks: readonly string[], { plan, written }: Finished): Promise<number> {
  const rows = plan.modules.flatMap((module, index) =>
    module.topics.map(({ title }, place) => {
      const [moduleId, topic] = [weeks[index], written[index]?.topics[place]];
      if (moduleId === undefined || !topic) throw new Error("The written course does not fit its plan.");
      return { moduleId, title, content: topic.content, estimatedMinutes: topic.estimatedMinutes, orderIndex: place };
    }),
  );
  for (const batch of batches(rows)) await tx.insert(topics).values(batch);
  return rows.length;
}

/** A quiz for each week that has questions. */
async function insertQuizzes(work: Work, courseId: string, weeks: readonly string[], finished: Finished, known: ReadonlySet<string>) {
  const { plan, questions, fileIds } = finished;
  const asked = questions.flatMap((list, index) => (list.length > 0 ? [{ list, moduleId: weeks[index], title: plan.modules[index]?.title ?? "" }] : []));
  if (asked.length === 0) return { quizzes: 0, questions: 0 };
  const made = asked.map(({ list, moduleId, title }) => ({
    list,
    quiz: { quizId: publicId("quiz"), courseId, moduleId, title, quizType: "module" as const, passingScore },
  }));
  const stored = await work.tx.insert(quizzes).values(made.map(({ quiz }) => quiz)).returning({ id: quizzes.id, quizId: quizzes.quizId });
  const keys = new Map(stored.map(({ id, quizId }) => [quizId, id]));
  const rows = made.flatMap(({ list, quiz }) =>
    list.map(({ document, page, skillId, ...question }, place) => ({
      ...question,
      quizId: keys.get(quiz.quizId) ?? "",
      questionNumber: place + 1,
      skillId: skillId !== null && known.has(skillId) ? skillId : null,
      sourceFileId: fileIds[document] ?? null,
      sourcePage: page,
    })),
  );
  for (const batch of batches(rows)) await work.tx.insert(quizQuestions).values(batch);
  return { quizzes: made.length, questions: rows.length };
}

function* batches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += batchSize) yield rows.slice(from, from + batchSize);
}
