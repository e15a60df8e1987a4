import { DocumentFailure, type Block } from "../document.js";
import { maxContent, type CoursePlan, type Source, type WrittenModule } from "../writer.js";
import { type Definition, definitionIn } from "./definitions.js";
import { toMarkdown } from "./markdown.js";
import { objectives } from "./objectives.js";
import { keyPhrases, type Phrase } from "./phrases.js";
import { Reading, type Sentence, type Span } from "./reading.js";
import { summarise } from "./summary.js";
import { escapeInline } from "./markdown.js";
import { inShortOf, templatesOf, andOf } from "./templates.js";
import { countWords, joinList, shorten } from "./text.js";

/** Words read in a minute: a careful reader's pace for study; code and tables count like prose. */
const wordsPerMinute = 200;
/** Shorter topics are their own summary. */
const summaryFrom = 150;

/** Documents of millions of characters in so few weeks: their text is not cut unasked. */
const tooLong = "A topic would have more than 200,000 characters: ask for more weeks, or take fewer documents.";

type Module = CoursePlan["modules"][number];
type Topic = Module["topics"][number];

const blocksOf = (reading: Reading, spans: readonly Span[]): Block[] =>
  spans.flatMap((span) => Array.from({ length: span.to - span.from }, (_, at) => reading.block(span.document, span.from + at) ?? []).flat());

/** Reading time of Markdown in whole minutes, 1 to 600. */
export const minutesOf = (markdown: string): number => Math.min(600, Math.max(1, Math.round(countWords(markdown) / wordsPerMinute)));

const writeTopic = (reading: Reading, topic: Topic, sentences: readonly Sentence[]): WrittenModule["topics"][number] => {
  const body = toMarkdown(blocksOf(reading, topic.spans), topic.title) || escapeInline(topic.title);
  const size = countWords(body);
  const short = size < summaryFrom ? [] : summarise(sentences, size > 600 ? 3 : 2);
  const heading = inShortOf(reading.source.language);
  const summary = escapeInline(short.map((sentence) => sentence.text).join(" "));
  const content = short.length === 0 ? body : heading === null ? `> ${summary}\n\n${body}` : `${body}\n\n## ${heading}\n\n${summary}`;
  if (content.length > maxContent) throw new DocumentFailure("TOO_LARGE", tooLong);
  return { content, estimatedMinutes: minutesOf(body) };
};

const describe = (reading: Reading, module: Module, sentences: readonly Sentence[]): string => {
  const templates = templatesOf(reading.source.language);
  const titles = module.topics.slice(0, 6).map((topic) => `“${topic.title}”`);
  const covers = templates && module.topics.length > 1 ? `${templates.covers(joinList(titles, andOf(reading.source.language)))} ` : "";
  const told = summarise(sentences.slice(0, Math.max(20, Math.ceil(sentences.length / 3))), covers === "" ? 2 : 1, 280);
  return shorten(`${covers}${told.map((sentence) => sentence.text).join(" ")}`.trim(), 5_000);
};

const definitionsOf = (sentences: readonly Sentence[], phrases: readonly Phrase[]): Definition[] => {
  const names = new Set(phrases.filter((phrase) => phrase.inner > 0 && phrase.capitals === phrase.inner).map((phrase) => phrase.key));
  const found: Definition[] = [];
  for (const sentence of sentences) {
    const definition = definitionIn(sentence, (key) => names.has(key));
    if (definition && definition.named.length < 60) found.push(definition);
    if (found.length >= 6) break;
  }
  return found;
};

/** Writes the topics of each week from the passages of the plan, word for word, with a summary of sentences of their own. */
export const write = (source: Source, plan: CoursePlan): WrittenModule[] => {
  const reading = new Reading(source);
  return plan.modules.map((module) => {
    const topics = module.topics.map((topic) => ({ topic, sentences: [...reading.prose(topic.spans)] }));
    const sentences = topics.flatMap((each) => each.sentences);
    const templates = templatesOf(source.language);
    const facts = module.topics.map((topic) => ({
      title: topic.title,
      points: Math.max(0, ...blocksOf(reading, topic.spans).map((block) => (block.kind === "list" ? block.items.length : 0))),
    }));
    const phrases = templates ? keyPhrases(sentences, module.topics.map((topic) => topic.title), 10) : [];
    return {
      description: describe(reading, module, sentences),
      learningObjectives: templates ? objectives(templates, definitionsOf(sentences, phrases), facts, phrases) : [],
      topics: topics.map((each) => writeTopic(reading, each.topic, each.sentences)),
    };
  });
};
