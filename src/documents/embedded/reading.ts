import type { Block } from "../document.js";
import type { CoursePlan, Source } from "../writer.js";
import { splitSentences } from "./sentences.js";
import { tidy } from "./text.js";

/** A sentence of prose and where it stands. */
export interface Sentence {
  text: string;
  language: string;
  document: number;
  block: number;
  page: number | null;
}

export type Span = CoursePlan["modules"][number]["topics"][number]["spans"][number];

/** The source as it is read during one stage: each block is split into sentences once. */
export class Reading {
  readonly #sentences = new Map<string, readonly string[]>();

  constructor(readonly source: Source) {}

  /** Language that a document is read in: its own, else that of the course. */
  language(document: number): string {
    return this.source.documents[document]?.language ?? this.source.language;
  }

  block(document: number, at: number): Block | undefined {
    return this.source.documents[document]?.blocks[at];
  }

  /** Sentences of the prose of a block: of a paragraph, or of those items of a list that are sentences. */
  sentences(document: number, at: number): readonly string[] {
    const key = `${document}:${at}`;
    const known = this.#sentences.get(key);
    if (known) return known;
    const found = this.#split(this.block(document, at), this.language(document));
    this.#sentences.set(key, found);
    return found;
  }

  /** Sentences of the spans, in reading order. */
  *prose(spans: readonly Span[]): Generator<Sentence> {
    for (const span of spans) {
      const language = this.language(span.document);
      for (let at = span.from; at < span.to; at += 1) {
        for (const text of this.sentences(span.document, at)) {
          yield { text, language, document: span.document, block: at, page: this.block(span.document, at)?.page ?? null };
        }
      }
    }
  }

  #split(block: Block | undefined, language: string): string[] {
    if (block?.kind === "paragraph") return splitSentences(language, block.text);
    if (block?.kind === "list") return block.items.flatMap((item) => (/[.!।]\s*$/u.test(item) ? splitSentences(language, item) : []));
    return [];
  }
}

/** Text of a block as words in one line; of code none, as it is not read aloud. */
export const textOf = (block: Block): string => {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return tidy(block.text);
    case "list":
      return block.items.map(tidy).join(" ");
    case "table":
      return block.rows.map((row) => row.map(tidy).join(" ")).join(" ");
    case "code":
      return "";
  }
};
