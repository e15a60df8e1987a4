import { DocumentFailure } from "../document.js";
import type { CoursePlan, Source } from "../writer.js";
import { cleanHeading, namesDocument, titleOfFile } from "./headings.js";
import type { Unit } from "./outline.js";
import { keyPhrases, type Phrase, phraseCounts } from "./phrases.js";
import { Reading, type Sentence, textOf } from "./reading.js";
import { rankSkills, skillMatcher } from "./skills.js";
import { summarise } from "./summary.js";
import { akin, shorten, tidy } from "./text.js";
import { nameWeeks } from "./titles.js";
import { topicsByWeek } from "./topics.js";

const longestTitle = 300;

/** Name of one document: the title kept in it, else its only heading of the first level, else the name of its file. */
const nameOf = (source: Source, at: number): string => {
  const document = source.documents[at];
  const title = tidy(document?.title ?? "");
  if (namesDocument(title) && cleanHeading(title) !== "") return cleanHeading(title);
  const tops = document?.blocks.filter((block) => block.kind === "heading" && block.level === 1) ?? [];
  const [top] = tops;
  const heading = tops.length === 1 && top?.kind === "heading" ? cleanHeading(top.text) : "";
  return heading || titleOfFile(source.filenames[at] ?? "");
};

/** Twelve key phrases, none a part of another. */
const keywordsOf = (phrases: readonly Phrase[]): string[] => {
  const found: Phrase[] = [];
  for (const phrase of phrases) {
    const part = found.some((other) => other.key.split(" ").some((word) => phrase.key.split(" ").some((own) => akin(word, own))) && (phrase.size === 1 || other.size === 1));
    const scrap = phrase.size === 1 && phrase.text.length < 4 && phrase.text !== phrase.text.toUpperCase();
    if (found.length < 12 && !part && !scrap && phrase.text.length <= 100) found.push(phrase);
  }
  return found.map((phrase) => phrase.text);
};

/** The teacher's title, else the documents' names (all of them while they fit in a line), else a key phrase or a file's name as it is. */
const titleOf = (source: Source, phrases: readonly string[]): string => {
  const wished = tidy(source.title ?? "");
  if (wished !== "") return shorten(wished, longestTitle);
  const names = [...new Set(source.documents.map((_, at) => nameOf(source, at)).filter((name) => name !== ""))];
  const all = names.join(" · ");
  const [phrase] = phrases;
  return shorten((all.length <= 120 ? all : names[0]) || phrase || tidy(source.filenames[0] ?? "") || "–", longestTitle);
};

/** Two or three sentences of the first part of the course. */
const describe = (sentences: readonly Sentence[]): string => {
  const early = sentences.slice(0, Math.max(30, Math.ceil(sentences.length * 0.15)));
  const found = summarise(early, 3, 260);
  return (found.length >= 2 ? found : summarise(sentences, 3, 400)).map((sentence) => sentence.text).join(" ");
};

const spansOf = (weeks: readonly (readonly Unit[])[]): Unit["spans"] => weeks.flatMap((units) => units.flatMap((unit) => unit.spans));

/**
 * Plans a course: weeks and topics by headings, else by amount of text and change of subject; title, description, keywords and skills from the text.
 * @throws DocumentFailure NO_TEXT when no document holds a block of text
 */
export const structure = (source: Source): CoursePlan => {
  const reading = new Reading(source);
  const weeks = topicsByWeek(reading, source.weeks);
  if (weeks.length === 0) throw new DocumentFailure("NO_TEXT");
  const spans = spansOf(weeks);
  const sentences = [...reading.prose(spans)];
  const headings = weeks.flatMap((units) => units.flatMap((unit) => unit.heading ?? []));
  const phrases = keyPhrases(sentences, headings, 40);
  const keywords = keywordsOf(phrases);
  const title = titleOf(source, keywords);
  const modules = nameWeeks(reading, weeks, title, phraseCounts(sentences));
  const texts = function* (): Generator<string> {
    for (const span of spans) {
      for (let at = span.from; at < span.to; at += 1) {
        const block = reading.block(span.document, at);
        if (block && block.kind !== "heading") yield textOf(block);
      }
    }
  };
  return {
    title,
    description: shorten(describe(sentences), 5_000),
    keywords,
    skillIds: rankSkills(skillMatcher(source.skills), title, headings, texts()),
    modules: modules.map((week) => ({
      title: shorten(week.title, longestTitle),
      topics: week.topics.map((topic) => ({ title: shorten(topic.title, longestTitle), spans: topic.unit.spans })),
    })),
  };
};
