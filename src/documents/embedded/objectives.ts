import type { Definition } from "./definitions.js";
import type { Phrase } from "./phrases.js";
import type { Templates } from "./templates.js";
import { fold } from "./text.js";

export interface TopicFacts {
  title: string;
  /** Points of its longest list; 0 without a list. */
  points: number;
}

const most = 5;
const least = 3;

const isQuestion = (title: string): boolean => /[?？]$/u.test(title);

/** 3 to 5 objectives of a week, as the text allows: what it defines, what its topics ask, list and tell, and its key phrases; each thing once. */
export const objectives = (templates: Templates, definitions: readonly Definition[], topics: readonly TopicFacts[], phrases: readonly Phrase[]): string[] => {
  const found: string[] = [];
  const used: string[] = [];
  const add = (thing: string, text: string): void => {
    const key = fold(thing);
    if (found.length >= most || text.length > 500 || found.includes(text) || used.some((other) => ` ${other} `.includes(` ${key} `) || ` ${key} `.includes(` ${other} `))) return;
    used.push(key);
    found.push(text);
  };
  const { objective } = templates;
  for (const definition of definitions.slice(0, 2)) add(definition.term, objective.is(definition.named, definition.plural));
  for (const topic of topics) {
    if (isQuestion(topic.title) && found.length < 3) add(topic.title, objective.question(topic.title));
  }
  const [listed] = topics.filter((topic) => topic.points >= 3 && !isQuestion(topic.title)).sort((a, b) => b.points - a.points);
  const told = topics.filter((topic) => !isQuestion(topic.title) && topic !== listed);
  for (const topic of told.slice(0, 2)) add(topic.title, objective.summary(topic.title));
  if (listed) add(listed.title, objective.list(listed.title));
  for (const phrase of phrases.slice(0, 8)) {
    if (found.length >= least + 1) break;
    const name = phrase.inner > 0 && phrase.capitals === phrase.inner && / /u.test(phrase.text);
    add(phrase.text, name ? objective.name(phrase.text) : objective.term(phrase.text));
  }
  for (const topic of told.slice(2)) if (found.length < least) add(topic.title, objective.summary(topic.title));
  return found;
};
