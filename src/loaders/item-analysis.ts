import DataLoader from "dataloader";
import { sql } from "drizzle-orm";
import { quizStaff } from "../auth/visibility.js";
import { arrayOf, asViewer, rowsOf } from "../db/client.js";
import { courses, enrollments, quizAttempts, quizQuestions, quizzes, users } from "../db/tables/index.js";
import type { Source } from "./source.js";

export interface QuestionStatisticsRow {
  quizId: string;
  questionId: string;
  questionNumber: number;
  /** Letters of the options, in order. */
  letters: string[];
  /** 0 to 1; null without a sample. */
  pValue: number | null;
  /** -1 to 1; null where it is not defined. */
  discrimination: number | null;
  /** Null where the sample is too small to be shown. */
  unanswered: number | null;
  /** How many chose each letter; null where the sample is too small to be shown. */
  chosen: Record<string, number> | null;
}

export interface ItemAnalysisRow {
  /** Learners. */
  sampleSize: number;
  items: QuestionStatisticsRow[];
}

/** Learners below whose number nothing but the number is shown: the figures of a few would be somebody's sheet. */
const smallestSample = 5;

const withheld = { pValue: null, discrimination: null, unanswered: null, chosen: null };

/**
 * Classical item analysis of a quiz, over the first submitted attempt of each learner: later ones are taken by people
 * who have seen the answers. No answer is a wrong answer. Learners are those whose account is there and, in a quiz of a
 * course, who are in the course; its staff is left out. The same sample for every viewer, so that it can be compared.
 *
 * p = right / n. The discrimination is the point-biserial correlation between the question (0 or 1) and the rest score,
 * which is the number of other questions answered right, so that a question does not correlate with itself
 * (Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28, 1963):
 * r = (M1 - M0) / s x sqrt(p (1 - p)), with M1 and M0 the mean rest scores of those who were right and of those who
 * were not, and s the standard deviation (over n) of all rest scores. This is Pearson's correlation with a variable of
 * 0 and 1, which `corr` computes; null when p is 0 or 1, or when s is 0.
 *
 * Null for those who are no staff of the quiz. One statement for any number of quizzes.
 */
export const itemAnalysisLoader = ({ db, viewer }: Source): DataLoader<string, ItemAnalysisRow | null> =>
  new DataLoader(async (quizIds) => {
    const rows = await asViewer(db, viewer, (scoped) =>
      rowsOf<{ quizId: string; sampleSize: number; items: QuestionStatisticsRow[] | null }>(
        scoped,
        sql`with staffed as (
              select ${quizzes.id} as quiz_id from ${quizzes} where ${quizzes.id} = any(${arrayOf(quizIds, "uuid")}) and ${quizStaff(viewer)}),
            firsts as (
              select distinct on (a.quiz_id, a.user_id) a.quiz_id, a.id, a.answers
              from ${quizAttempts} a
              join staffed using (quiz_id)
              join ${quizzes} z on z.id = a.quiz_id
              join ${users} u on u.id = a.user_id and u.deleted_at is null and u.role <> 'admin'
              where a.status = 'submitted'
                and (z.course_id is null or exists (
                  select 1 from ${enrollments} e join ${courses} c on c.id = e.course_id
                  where e.course_id = z.course_id and e.user_id = a.user_id and e.status <> 'dropped'
                    and c.created_by_id is distinct from a.user_id))
              order by a.quiz_id, a.user_id, a.attempt_number),
            given as (
              select q.id as question_id, f.id as attempt_id, f.answers ->> q.question_number::text as answer,
                     coalesce(f.answers ->> q.question_number::text = q.correct_answer, false)::int as hit
              from ${quizQuestions} q join firsts f on f.quiz_id = q.quiz_id),
            scored as (
              select question_id, answer, hit, sum(hit) over (partition by attempt_id) - hit as rest from given),
            counted as (
              select question_id, avg(hit)::float8 as p, corr(hit::float8, rest::float8) as r,
                     count(*) filter (where answer is null) as unanswered,
                     jsonb_build_object('A', count(*) filter (where answer = 'A'), 'B', count(*) filter (where answer = 'B'),
                                        'C', count(*) filter (where answer = 'C'), 'D', count(*) filter (where answer = 'D')) as chosen
              from scored group by question_id)
            select s.quiz_id as "quizId",
                   (select count(*)::int from firsts f where f.quiz_id = s.quiz_id) as "sampleSize",
                   (select jsonb_agg(jsonb_build_object(
                             'quizId', q.quiz_id, 'questionId', q.id, 'questionNumber', q.question_number,
                             'letters', (select jsonb_agg(letter order by letter) from jsonb_object_keys(q.options) letter),
                             'pValue', c.p, 'discrimination', c.r, 'unanswered', coalesce(c.unanswered, 0), 'chosen', coalesce(c.chosen, '{}'))
                           order by q.question_number)
                    from ${quizQuestions} q left join counted c on c.question_id = q.id where q.quiz_id = s.quiz_id) as items
            from staffed s`,
      ),
    );
    const found = new Map(rows.map(({ quizId, sampleSize, items }) => [quizId, { sampleSize, items: shown(sampleSize, items ?? []) }]));
    return quizIds.map((id) => found.get(id) ?? null);
  });

const shown = (sampleSize: number, items: QuestionStatisticsRow[]): QuestionStatisticsRow[] =>
  sampleSize < smallestSample ? items.map((item) => ({ ...item, ...withheld })) : items;
