import type { ModelConfig } from "../../config.js";
import type { CoursePlan, CourseWriter, SkillTerm, Source, WriterStage } from "../writer.js";
import { planRules, planShape, quizRules, quizShape, weekRules, weekShape } from "./answers.js";
import { createModelClient, type ClientTuning } from "./client.js";
import { passagesIn, passagesOf, shown, type Passage } from "./passages.js";
import { planPrompt, quizPrompt, rulesOfTheHouse, weekPrompt } from "./prompts.js";

/** Characters of the documents in one request; some 4 to a token, fewer in other scripts. */
const budgets = { plan: 60_000, week: 40_000, quiz: 30_000 };
/** Requests under way at a time. */
const atOnce = 4;
const mostSkills = 60;
/** Words of the longest skill that is looked for. */
const longestTerm = 4;

/**
 * Lets a language model write: one request for the plan, one a week for its topics, one a week for its quiz. The
 * model sees numbered passages and answers with their numbers, so it can only name what is there.
 */
export function languageModelWriter(config: ModelConfig, tuning?: ClientTuning): CourseWriter {
  const client = createModelClient(config, tuning);

  const structure: CourseWriter["structure"] = async (source, { signal }) => {
    const passages = passagesOf(source);
    const text = shown(passages, budgets.plan);
    const skills = skillsIn(text, source.skills);
    return client.ask({
      name: "course_plan", system: rulesOfTheHouse(source), prompt: planPrompt(source, text, skills),
      shape: planShape, rules: planRules(source, passages, skills), signal,
    });
  };

  const write: CourseWriter["write"] = (source, plan, stage) => {
    const passages = passagesOf(source);
    return eachWeek(plan, stage, "Wrote", (week, signal) => {
      const budget = budgets.week / week.topics.length;
      const topics = week.topics.map((topic) => ({ title: topic.title, passages: shown(passagesIn(passages, topic), budget) }));
      return client.ask({
        name: "course_week", system: rulesOfTheHouse(source), prompt: weekPrompt(week.title, topics),
        shape: weekShape, rules: weekRules(topics.length), signal,
      });
    });
  };

  const quiz: CourseWriter["quiz"] = (source, plan, _written, stage) => {
    const passages = passagesOf(source);
    const skills = source.skills.filter(({ id }) => plan.skillIds.includes(id));
    return eachWeek(plan, stage, "Wrote the questions of", (week, signal) => {
      const ofWeek: Passage[] = [...new Set(week.topics.flatMap((topic) => passagesIn(passages, topic)))];
      return client.ask({
        name: "course_quiz", system: rulesOfTheHouse(source), prompt: quizPrompt(week.title, shown(ofWeek, budgets.quiz), skills),
        shape: quizShape, rules: quizRules(source, ofWeek, skills), signal,
      });
    });
  };

  return { name: client.model, used: client.used, structure, write, quiz };
}

type Week = CoursePlan["modules"][number];

/** Works on a few weeks at a time, in the order of the plan; the first failure ends the others. */
async function eachWeek<Answer>(
  { modules }: CoursePlan,
  { report, signal }: WriterStage,
  done: string,
  work: (week: Week, signal: AbortSignal) => Promise<Answer>,
): Promise<Answer[]> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const answers: Answer[] = [];
  const waiting = [...modules.entries()];
  let finished = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, week] = next;
      answers[index] = await work(week, both);
      finished += 1;
      await report(finished / modules.length, `${done} ${finished} of ${modules.length} weeks.`);
    }
  };
  const workers = Array.from({ length: Math.min(atOnce, modules.length) }, () =>
    worker().catch((error: unknown) => {
      if (!failed.signal.aborted) failed.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(workers);
  if (failed.signal.aborted) throw failed.signal.reason;
  return answers;
}

/** The skills of the catalogue that the text names most often. */
function skillsIn(text: string, skills: Source["skills"]): SkillTerm[] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}+#.]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let from = 0; from < words.length; from++) {
    for (let size = 1; size <= longestTerm && from + size <= words.length; size++) {
      const phrase = words.slice(from, from + size).join(" ");
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
  }
  return skills
    .map((skill) => ({ skill, times: Math.max(...[skill.name, ...skill.terms].map((term) => counts.get(term.toLowerCase()) ?? 0)) }))
    .filter(({ times }) => times > 0)
    .toSorted((a, b) => b.times - a.times)
    .slice(0, mostSkills)
    .map(({ skill }) => skill);
}
